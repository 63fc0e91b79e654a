package io.vestibule.staff.held;

import io.vestibule.core.RowId;
import io.vestibule.staff.orders.Orders;
import io.vestibule.store.audit.StaffAudit;
import io.vestibule.store.audit.StaffAudit.Person;
import io.vestibule.store.audit.StaffLooks;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * Has an erasure begin that a colleague has entered. DeletionFunction compares the two, as it does
 * for the order by command line. The audit says before who has ordered it.
 */
public final class ConfirmSecond {

  private final Orders orders;
  private final StaffAudit audit;
  private final StaffLooks looks;
  private final Clock clock;

  public ConfirmSecond(Orders orders, StaffAudit audit, StaffLooks looks, Clock clock) {
    this.orders = orders;
    this.audit = audit;
    this.looks = looks;
    this.clock = clock;
  }

  /** Who has entered it, as the audit has it. */
  public Optional<StaffLooks.Entered> entered(RowId id) {
    return looks.entered(id);
  }

  /**
   * Orders it.
   *
   * @param request the invocation
   * @return what came of it, as DeletionFunction says it
   * @throws Orders.Failed nobody knows whether it was done
   */
  public String run(RowId id, Person person, String request) throws Orders.Failed {
    audit.confirms(person, id, request, clock.instant());
    var order = Map.of("request", id.value(), "by", person.subject(), "role", person.role());
    return orders.give(Map.of("confirm", order)).path("outcome").asText();
  }
}
