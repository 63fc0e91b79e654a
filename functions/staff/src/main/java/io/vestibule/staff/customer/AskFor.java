package io.vestibule.staff.customer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vestibule.core.Behalf;
import io.vestibule.core.DataRequest;
import io.vestibule.core.Destination;
import io.vestibule.core.RowId;
import io.vestibule.core.Sha256;
import io.vestibule.keys.CustomersByNumber;
import io.vestibule.staff.entry.LookLimit;
import io.vestibule.staff.orders.Orders;
import io.vestibule.store.audit.StaffAudit;
import io.vestibule.store.audit.StaffAudit.Person;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Has a request entered for a customer who wrote a letter, or rang up, as the order by command line
 * does. We may not write requests: DeletionFunction does it. The audit says before who has ordered
 * it.
 */
public final class AskFor {

  private static final int ID_BYTES = 16;

  private final Orders orders;
  private final CustomersByNumber customers;
  private final LookLimit limit;
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
      LookLimit limit,
      StaffAudit audit,
      boolean needsSecond,
      Clock clock) {
    this.orders = orders;
    this.customers = customers;
    this.limit = limit;
    this.audit = audit;
    this.needsSecond = needsSecond;
    this.clock = clock;
  }

  /**
   * What they ask for.
   *
   * @param once what the page had been given: the same wish of the same page enters nothing twice
   * @param received the day on which they asked
   */
  public record Wish(
      String once,
      DataRequest deed,
      Behalf.Channel channel,
      LocalDate received,
      Behalf.Check check) {

    /**
     * The number of the request. It is made of all that is ordered and of who does so: whatever the
     * audit has under it says one thing, whatever a page is made to post.
     */
    RowId id(String number, Person person) {
      var all =
          String.join(
              "|",
              "ask",
              once,
              number,
              deed.code(),
              channel.code(),
              received.toString(),
              check.code(),
              person.id(),
              person.role());
      var bytes = Arrays.copyOf(Sha256.of(all.getBytes(UTF_8)), ID_BYTES);
      return RowId.of(Destination.DELETION, bytes);
    }
  }

  /**
   * Orders it.
   *
   * @param request the invocation
   * @return what came of it, as DeletionFunction says it; {@code unknown} if there is no such
   *     customer, and {@code looks} if the person has done today what a day has room for
   * @throws Orders.Failed nobody knows whether it was done
   */
  public String run(String number, Wish wish, Person person, String request) throws Orders.Failed {
    if (!customers.mayBe(number)) {
      return "unknown";
    }
    if (limit.isReached(person)) {
      return "looks";
    }
    var id = wish.id(number, person);
    audit.entersFor(
        person, number, id, wish.deed().code(), wish.check().code(), request, clock.instant());
    var order = new HashMap<String, Object>();
    order.put("customer", number);
    order.put("id", id.value());
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
