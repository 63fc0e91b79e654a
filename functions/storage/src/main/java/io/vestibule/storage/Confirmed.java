package io.vestibule.storage;

import io.vestibule.keys.Press;
import io.vestibule.keys.SubmissionOpener;
import io.vestibule.store.rows.SubmissionRow;
import java.time.Instant;
import java.util.Optional;

/** A submission that its sender has confirmed. */
record Confirmed(SubmissionRow row, Press press, SubmissionOpener.Opened opened) {

  byte[] proof() {
    return press.proof();
  }

  /**
   * When the address was last confirmed. A public function wrote the time, so it is a hint: it lies
   * between the submission's arrival and now, and never before what is known already.
   */
  Instant verifiedAt(Optional<Instant> knownBefore, Instant now) {
    var receivedAt = opened.content().receivedAt();
    var written =
        row.verifiedAt().filter(at -> !at.isAfter(now) && !at.isBefore(receivedAt)).orElse(now);
    return knownBefore.filter(written::isBefore).orElse(written);
  }
}
