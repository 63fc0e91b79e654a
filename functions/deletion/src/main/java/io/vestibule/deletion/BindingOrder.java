package io.vestibule.deletion;

import java.util.Map;

/** What the pass that binds identities is called for. */
enum BindingOrder {
  /** <code>{}</code>: go on, unless it has ended. */
  GO_ON,
  /** <code>{"bind": "again"}</code>: begin anew, by a person's order. */
  AGAIN;

  /**
   * Reads an event.
   *
   * @throws IllegalArgumentException if it says anything else
   */
  static BindingOrder read(Map<String, String> event) {
    if (event.isEmpty()) {
      return GO_ON;
    }
    if (event.equals(Map.of("bind", "again"))) {
      return AGAIN;
    }
    throw new IllegalArgumentException("The event is neither {} nor {\"bind\":\"again\"}");
  }
}
