package io.vestibule.upkeep;

import io.vestibule.core.RowId;
import io.vestibule.core.Status;
import io.vestibule.store.rows.HeldSubmissions;
import io.vestibule.store.rows.OpenSubmissions;
import java.time.Clock;
import java.util.List;

/** Carries out what a person decided about a submission that is held. */
final class SettleHeld {

  private final HeldSubmissions held;
  private final OpenSubmissions submissions;
  private final Clock clock;

  SettleHeld(HeldSubmissions held, OpenSubmissions submissions, Clock clock) {
    this.held = held;
    this.submissions = submissions;
    this.clock = clock;
  }

  /** Lets a submission go on: to storage if it was confirmed, else to the mailer. */
  Settlement release(RowId id) {
    var now = clock.instant();
    if (held.backToVerified(id, now)) {
      return new Settlement.Released(Status.VERIFIED);
    }
    return held.backToPending(id, now) ? new Settlement.Released(Status.PENDING) : notHeld(id);
  }

  /** Ends a submission for good. */
  Settlement reject(RowId id) {
    return held.reject(id, clock.instant()) ? new Settlement.Rejected() : notHeld(id);
  }

  private Settlement notHeld(RowId id) {
    return submissions.read(List.of(id)).stream()
        .findFirst()
        .<Settlement>map(row -> new Settlement.NotHeld(row.status()))
        .orElseGet(Settlement.Unknown::new);
  }
}
