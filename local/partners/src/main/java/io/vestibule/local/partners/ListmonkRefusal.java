package io.vestibule.local.partners;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** What listmonk refuses, as its errors have it. */
final class ListmonkRefusal extends Exception {

  private static final long serialVersionUID = 1;

  private final int status;

  ListmonkRefusal(int status, String message) {
    super(message);
    this.status = status;
  }

  PartnerAnswer answer() {
    return PartnerAnswer.of(
        status, JsonNodeFactory.instance.objectNode().put("message", getMessage()));
  }
}
