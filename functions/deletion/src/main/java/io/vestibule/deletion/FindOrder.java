package io.vestibule.deletion;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.EmailAddress;

/**
 * What a person asks by hand about an address: <code>{"find": {"email": "…"}}</code>.
 *
 * @param withKey whether the key of a suppressed mailbox is asked for, too: <code>"key": true
 *     </code>
 */
record FindOrder(EmailAddress email, boolean withKey) {

  /**
   * Reads an order.
   *
   * @throws IllegalArgumentException if it is anything else. The message does not quote it
   */
  static FindOrder read(JsonNode event) {
    var order = event.path("find");
    var email = order.path("email");
    boolean withKey = order.path("key").booleanValue();
    if (event.size() != 1 || order.size() != (withKey ? 2 : 1) || !email.isTextual()) {
      throw refused();
    }
    return new FindOrder(
        EmailAddress.parse(email.textValue()).orElseThrow(FindOrder::refused), withKey);
  }

  private static IllegalArgumentException refused() {
    return new IllegalArgumentException("The order to find names one e-mail address");
  }
}
