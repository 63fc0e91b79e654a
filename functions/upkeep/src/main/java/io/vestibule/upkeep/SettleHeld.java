package io.vestibule.upkeep;

import io.vestibule.core.RowId;
import io.vestibule.core.Status;
import io.vestibule.core.Timestamp;
import io.vestibule.store.RowChange.Effect;
import io.vestibule.store.rows.HeldSubmissions;
import io.vestibule.store.rows.OpenRow;
import io.vestibule.store.rows.OpenSubmissions;
import io.vestibule.store.rows.Tombstone;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Carries out what a person decided about a submission that is held.
 *
 * <p>Whether a decision took effect whose answer got lost, the times in the row tell, as it is read
 * anyway to say why a row is not held. That read lags by moments: a decision that was made in one
 * of them may still be told as none.
 */
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
    var toStorage = held.backToVerified(id, now);
    if (toStorage == Effect.MADE) {
      return new Settlement.Released(Status.VERIFIED);
    }
    var toMailer = held.backToPending(id, now);
    if (toMailer == Effect.MADE) {
      return new Settlement.Released(Status.PENDING);
    }
    return asItIs(
        id,
        row -> {
          if (toMailer == Effect.UNCLEAR && isAt(row.releasedAt(), now)) {
            return Optional.of(new Settlement.Released(Status.PENDING));
          }
          return toStorage == Effect.UNCLEAR && isAt(row.touchedAt(), now)
              ? Optional.of(new Settlement.Released(Status.VERIFIED))
              : Optional.empty();
        });
  }

  /** Ends a submission for good. */
  Settlement reject(RowId id) {
    var now = clock.instant();
    var end = held.reject(id, now);
    if (end == Effect.MADE) {
      return new Settlement.Rejected();
    }
    return asItIs(
        id,
        row ->
            end == Effect.UNCLEAR && isEndedAt(row, now)
                ? Optional.of(new Settlement.Rejected())
                : Optional.empty());
  }

  /**
   * What is told of a row that was not found held.
   *
   * @param ours what it shows of the decision that was made just now
   */
  private Settlement asItIs(RowId id, Function<OpenRow, Optional<Settlement>> ours) {
    return submissions.read(List.of(id)).stream()
        .findFirst()
        .map(row -> ours.apply(row).orElseGet(() -> new Settlement.NotHeld(row.status())))
        .orElseGet(Settlement.Unknown::new);
  }

  private static boolean isAt(Optional<Instant> time, Instant now) {
    return time.map(Timestamp::of).equals(Optional.of(Timestamp.of(now)));
  }

  /** A tombstone has no other time than its end, which is in whole seconds. */
  private static boolean isEndedAt(OpenRow row, Instant now) {
    var end = Instant.ofEpochSecond(now.plus(Tombstone.KEPT).getEpochSecond());
    return row.status() == Status.ERASED && row.expiresAt().equals(Optional.of(end));
  }
}
