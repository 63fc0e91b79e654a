package io.vestibule.upkeep;

import io.vestibule.core.RowId;
import io.vestibule.core.Status;
import io.vestibule.store.rows.HeldSubmissions;
import io.vestibule.store.rows.OpenSubmissions;
import java.time.Clock;
import java.util.List;

/** Carries out what a person decided about a submission that is held. */
public final class SettleHeld {

  private final HeldSubmissions held;
  private final OpenSubmissions submissions;
  private final Clock clock;

  SettleHeld(HeldSubmissions held, OpenSubmissions submissions, Clock clock) {
    this.held = held;
    this.submissions = submissions;
    this.clock = clock;
  }

  /** What came of it. */
  public sealed interface Outcome {

    /** It goes on from where it was. */
    record Released(Status to) implements Outcome {}

    /** It has ended, and its content is gone. */
    record Rejected() implements Outcome {}

    /** Nothing was changed: it is in another state, maybe by a decision before. */
    record NotHeld(Status status) implements Outcome {}

    /** There is no such submission, or none any more. */
    record Unknown() implements Outcome {}
  }

  /** Lets a submission go on: to storage if it was confirmed, else to the mailer. */
  public Outcome release(RowId id) {
    var now = clock.instant();
    if (held.backToVerified(id, now)) {
      return new Outcome.Released(Status.VERIFIED);
    }
    return held.backToPending(id, now) ? new Outcome.Released(Status.PENDING) : notHeld(id);
  }

  /** Ends a submission for good. */
  public Outcome reject(RowId id) {
    return held.reject(id, clock.instant()) ? new Outcome.Rejected() : notHeld(id);
  }

  private Outcome notHeld(RowId id) {
    return submissions.read(List.of(id)).stream()
        .findFirst()
        .<Outcome>map(row -> new Outcome.NotHeld(row.status()))
        .orElseGet(Outcome.Unknown::new);
  }
}
