package io.vestibule.deletion;

import com.fasterxml.jackson.databind.JsonNode;

/** What a person orders by hand: <code>{"forget": {"customer": "…"}}</code>. */
record ForgetOrder(String customer) {

  /**
   * Reads an order.
   *
   * @throws IllegalArgumentException if it is anything else: a mistyped order is not carried out
   */
  static ForgetOrder read(JsonNode event) {
    var order = event.path("forget");
    var customer = order.path("customer").asText();
    if (event.size() != 1 || order.size() != 1 || customer.isBlank()) {
      throw new IllegalArgumentException("The order to forget names one customer, by its number");
    }
    return new ForgetOrder(customer);
  }
}
