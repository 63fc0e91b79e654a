package io.vestibule.deletion.answer;

import io.vestibule.core.DataRequest;
import io.vestibule.core.EmailAddress;
import io.vestibule.core.Submission;
import io.vestibule.keys.Press;
import io.vestibule.store.rows.ConfirmedRequests.Pressed;
import java.time.Instant;

/**
 * A request that its sender has confirmed, in the clear.
 *
 * @param emailIndex the keyed hash of the sender's address
 */
record Confirmed(
    Pressed request, Press press, Submission content, EmailAddress address, String emailIndex) {

  String id() {
    return request.id();
  }

  /**
   * When its button was pressed. A public function wrote that: a time that has not come yet counts
   * for nothing.
   */
  Instant pressedAt(Instant now) {
    var row = request.row();
    return row.verifiedAt().filter(at -> !at.isAfter(now)).orElse(row.createdAt());
  }

  /**
   * What is to be done: as it was chosen, or else as it was sealed; the form takes nothing else.
   */
  DataRequest asked() {
    return press.deed(typed());
  }

  /** What was asked for in the form, by whoever filled it in. */
  DataRequest typed() {
    return DataRequest.of(content.fields()).orElseThrow();
  }
}
