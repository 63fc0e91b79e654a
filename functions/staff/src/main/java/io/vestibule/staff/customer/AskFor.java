package io.vestibule.staff.customer;

import io.vestibule.core.Behalf;
import io.vestibule.core.DataRequest;
import io.vestibule.core.RowId;
import io.vestibule.keys.CustomersByNumber;
import io.vestibule.staff.orders.Orders;
import io.vestibule.store.audit.StaffAudit;
import io.vestibule.store.audit.StaffAudit.Person;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/**
 * Has a request entered for a customer who wrote a letter, or rang up, as the order by command line
 * does. We may not write requests: DeletionFunction does it. The audit says before who has ordered
 * it.
 */
public final class AskFor {

  private final Orders orders;
  private final CustomersByNumber customers;
  private final StaffAudit audit;
  private final boolean needsSecond;
  private final Clock clock;

  /**
   * Orders of whoever carries them out.
   *
   * @param needsSecond whether an erasure waits for a second person
   */
  public AskFor(
      Orders orders,
      CustomersByNumber customers,
      StaffAudit audit,
      boolean needsSecond,
      Clock clock) {
    this.orders = orders;
    this.customers = customers;
    this.audit = audit;
    this.needsSecond = needsSecond;
    this.clock = clock;
  }

  /**
   * What they ask for.
   *
   * @param id the same one enters nothing twice
   * @param received the day on which they asked
   */
  public record Wish(
      RowId id, DataRequest deed, Behalf.Channel channel, LocalDate received, Behalf.Check check) {}

  /**
   * Orders it.
   *
   * @param request the invocation
   * @return what came of it, as DeletionFunction says it; {@code unknown} if there is no such
   *     customer
   * @throws Orders.Failed nobody knows whether it was done
   */
  public String run(String number, Wish wish, Person person, String request) throws Orders.Failed {
    if (!customers.mayBe(number)) {
      return "unknown";
    }
    audit.entersFor(
        person,
        number,
        wish.id(),
        wish.deed().code(),
        wish.check().code(),
        request,
        clock.instant());
    var order = new HashMap<String, Object>();
    order.put("customer", number);
    order.put("id", wish.id().value());
    order.put("deed", wish.deed().code());
    order.put("channel", wish.channel().code());
    order.put("received", wish.received().toString());
    order.put("check", wish.check().code());
    order.put("by", person.subject());
    order.put("role", person.role());
    if (!needsSecond) {
      order.put("alone", true);
    }
    return orders.give(Map.of("ask", order)).path("outcome").asText();
  }
}
