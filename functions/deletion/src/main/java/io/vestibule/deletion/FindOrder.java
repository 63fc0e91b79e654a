package io.vestibule.deletion;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.EmailAddress;

/** What a person asks by hand about an address: <code>{"find": {"email": "…"}}</code>. */
record FindOrder(EmailAddress email) {

  /**
   * Reads an order.
   *
   * @throws IllegalArgumentException if it is anything else. The message does not quote it
   */
  static FindOrder read(JsonNode event) {
    var order = event.path("find");
    var email = order.path("email");
    if (event.size() != 1 || order.size() != 1 || !email.isTextual()) {
      throw refused();
    }
    return new FindOrder(EmailAddress.parse(email.textValue()).orElseThrow(FindOrder::refused));
  }

  private static IllegalArgumentException refused() {
    return new IllegalArgumentException("The order to find names one e-mail address");
  }
}
