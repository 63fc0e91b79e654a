package io.vestibule.deletion;

import io.vestibule.core.Submission;
import io.vestibule.store.ConfirmedRequests.Pressed;

/**
 * A request that its sender has confirmed, in the clear.
 *
 * @param emailIndex the keyed hash of the sender's address
 */
record Confirmed(Pressed request, Submission content, String emailIndex) {

  String id() {
    return request.id();
  }

  /** A field of the form, as it was sealed; empty if it was not filled in. */
  String field(String name) {
    return content.fields().path(name).asText();
  }
}
