package io.vestibule.deletion;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.EmailAddress;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a person orders by hand: <code>{"hold": {"customer": "…", "ground": "…"}}</code> or <code>
 * {"lift": {"email": "…"}}</code>.
 *
 * @param ground why, for a hold; empty lifts it
 */
record HoldOrder(Optional<String> customer, Optional<EmailAddress> email, Optional<String> ground) {

  /** It stands on a page, in a receipt and in the customer's record. */
  private static final int LONGEST_GROUND = 500;

  /**
   * Reads an order.
   *
   * @throws IllegalArgumentException if it is anything else: a mistyped order is not carried out.
   *     The message does not quote it
   */
  static HoldOrder read(JsonNode event) {
    if (event.size() == 1 && event.path("hold").isObject()) {
      var order = event.path("hold");
      return of(order, Optional.of(text(order, "ground").orElseThrow(HoldOrder::refused)));
    }
    if (event.size() == 1 && event.path("lift").isObject()) {
      return of(event.path("lift"), Optional.empty());
    }
    throw refused();
  }

  private static HoldOrder of(JsonNode order, Optional<String> ground) {
    var names = new TreeSet<String>();
    order.fieldNames().forEachRemaining(names::add);
    names.remove("ground");
    var customer = text(order, "customer");
    var email = text(order, "email").flatMap(EmailAddress::parse);
    if (customer.isPresent() == email.isPresent()
        || names.size() != 1
        || order.has("ground") != ground.isPresent()
        || ground.filter(it -> it.length() > LONGEST_GROUND).isPresent()) {
      throw refused();
    }
    return new HoldOrder(customer, email, ground);
  }

  private static Optional<String> text(JsonNode order, String name) {
    return Optional.of(order.path(name))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .filter(text -> !text.isBlank());
  }

  private static IllegalArgumentException refused() {
    return new IllegalArgumentException(
        "The order is neither a hold, with a ground, nor a lift, of one customer or e-mail");
  }
}
