package io.vestibule.deletion;

import io.vestibule.core.DataRequest;
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

  /** What is asked for, as it was sealed: the form takes nothing else. */
  DataRequest asked() {
    return DataRequest.of(content.fields()).orElseThrow();
  }
}
