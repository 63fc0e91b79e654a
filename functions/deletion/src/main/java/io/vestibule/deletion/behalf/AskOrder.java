package io.vestibule.deletion.behalf;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Behalf;
import io.vestibule.core.DataRequest;
import io.vestibule.core.Destination;
import io.vestibule.core.EmailAddress;
import io.vestibule.core.RowId;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a person orders for somebody who wrote a letter, or rang up: <code>
 * {"ask": {"customer": "…", "deed": "erase", "channel": "letter", "received": "2026-11-20",
 * "check": "called-back", "by": "…", "role": "privacy"}}</code>, or {@code email} for {@code
 * customer}.
 *
 * @param deed as {@link DataRequest#code} has it
 * @param received the day on which they asked
 * @param check how it was made sure that it was they
 * @param by who orders it; the audit has it from whoever gave the order to us
 * @param role in which they do
 * @param isAlone whether an erasure needs no second person: <code>"alone": true</code>
 * @param id under which it is entered, so that an order that comes twice is one; empty for a new
 *     one
 * @param language of the mails to them; empty for the one that is known of them
 */
public record AskOrder(
    Optional<String> customer,
    Optional<EmailAddress> email,
    DataRequest deed,
    Behalf.Channel channel,
    LocalDate received,
    Behalf.Check check,
    String by,
    String role,
    boolean isAlone,
    Optional<RowId> id,
    String language) {

  private static final int LONGEST_NAME = 200;

  private static final Set<String> NEEDED =
      Set.of("deed", "channel", "received", "check", "by", "role");
  private static final Set<String> OTHERS = Set.of("alone", "id", "language");

  /**
   * Reads an order.
   *
   * @throws IllegalArgumentException if it is anything else: a mistyped order is not carried out.
   *     The message does not quote it
   */
  public static AskOrder read(JsonNode event) {
    var order = event.path("ask");
    var names = new TreeSet<String>();
    order.fieldNames().forEachRemaining(names::add);
    var customer = text(order, "customer");
    var email = text(order, "email").flatMap(EmailAddress::parse);
    boolean isComplete = names.removeAll(NEEDED) && NEEDED.stream().allMatch(order::has);
    names.removeAll(OTHERS);
    if (event.size() != 1
        || !isComplete
        || names.size() != 1
        || customer.isPresent() == email.isPresent()
        || (order.has("alone") && !order.path("alone").isBoolean())) {
      throw refused();
    }
    return new AskOrder(
        customer,
        email,
        text(order, "deed").flatMap(DataRequest::parse).orElseThrow(AskOrder::refused),
        text(order, "channel").flatMap(Behalf.Channel::parse).orElseThrow(AskOrder::refused),
        day(order),
        text(order, "check").flatMap(Behalf.Check::parse).orElseThrow(AskOrder::refused),
        by(order),
        role(order),
        order.path("alone").booleanValue(),
        id(order),
        text(order, "language").orElse(""));
  }

  private static LocalDate day(JsonNode order) {
    try {
      return LocalDate.parse(text(order, "received").orElse(""));
    } catch (DateTimeException e) {
      throw refused();
    }
  }

  private static Optional<RowId> id(JsonNode order) {
    var id = text(order, "id").flatMap(RowId::parse);
    if (order.has("id") && id.filter(it -> it.destination() == Destination.DELETION).isEmpty()) {
      throw refused();
    }
    return id;
  }

  /** Who gives an order. */
  static String by(JsonNode order) {
    return text(order, "by")
        .filter(it -> it.length() <= LONGEST_NAME)
        .orElseThrow(AskOrder::refused);
  }

  /** In which role. */
  static String role(JsonNode order) {
    return text(order, "role").filter(Behalf::isRole).orElseThrow(AskOrder::refused);
  }

  static Optional<String> text(JsonNode order, String name) {
    return Optional.of(order.path(name))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .filter(text -> !text.isBlank());
  }

  static IllegalArgumentException refused() {
    return new IllegalArgumentException(
        "The order neither asks for something in somebody's name, with all that it needs, nor"
            + " confirms such an order");
  }
}
