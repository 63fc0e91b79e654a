package io.vestibule.staff.customer;

import io.vestibule.keys.CustomersByNumber;
import io.vestibule.staff.orders.Orders;
import io.vestibule.store.audit.StaffAudit;
import io.vestibule.store.audit.StaffAudit.Person;
import java.time.Clock;
import java.util.Map;

/**
 * Has a legal hold set or lifted, as the order by command line does. We have no right to change a
 * customer: DeletionFunction does it. The audit says before who has ordered it.
 */
public final class OrderHold {

  private final Orders orders;
  private final CustomersByNumber customers;
  private final StaffAudit audit;
  private final Clock clock;

  /** Orders holds of whoever carries them out. */
  public OrderHold(Orders orders, CustomersByNumber customers, StaffAudit audit, Clock clock) {
    this.orders = orders;
    this.customers = customers;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Sets one; one that is there gets the new ground.
   *
   * @return false if there is no such customer
   * @throws Orders.Failed nobody knows whether it was done
   */
  public boolean set(String number, String ground, Person person, String request)
      throws Orders.Failed {
    return give("hold", Map.of("customer", number, "ground", ground), number, person, request);
  }

  /** Lifts the one that there is; else the same. */
  public boolean lift(String number, Person person, String request) throws Orders.Failed {
    return give("lift", Map.of("customer", number), number, person, request);
  }

  private boolean give(
      String order, Map<String, String> what, String number, Person person, String request)
      throws Orders.Failed {
    if (!customers.mayBe(number)) {
      return false;
    }
    audit.ordersAbout(person, number, order, request, clock.instant());
    return !orders.give(Map.of(order, what)).path("outcome").asText().equals("unknown");
  }
}
