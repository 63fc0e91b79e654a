package io.vestibule.delivery.lane;

import io.vestibule.core.Deadline;
import io.vestibule.store.delivery.Lanes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody's turn to work on a lane, while nobody else does. It ends when the time is over, when
 * the lane must rest, or when the lane was lost to somebody else. What is under way then is ended.
 */
final class Turn {

  /** Longer than an attempt: with less left, the lane is kept for longer before the next one. */
  private static final Duration LEAST = Duration.ofSeconds(90);

  private final Lanes lanes;
  private final String target;
  private final Deadline deadline;
  private final Clock clock;
  private Optional<Instant> until;
  private Optional<Duration> rest = Optional.empty();

  private Turn(Lanes lanes, String target, Instant until, Deadline deadline, Clock clock) {
    this.lanes = lanes;
    this.target = target;
    this.deadline = deadline;
    this.clock = clock;
    this.until = Optional.of(until);
  }

  /** Begins one; empty if somebody else has the lane, it rests, or it is stopped. */
  static Optional<Turn> begin(Lanes lanes, String target, Deadline deadline, Clock clock) {
    return lanes
        .take(target, clock.instant())
        .map(until -> new Turn(lanes, target, until, deadline, clock));
  }

  /** Whether one more attempt may begin. */
  synchronized boolean goesOn() {
    if (rest.isPresent() || deadline.isOver()) {
      return false;
    }
    var now = clock.instant();
    if (until.filter(now.plus(LEAST)::isAfter).isPresent()) {
      until = until.flatMap(it -> lanes.keep(target, it, now));
    }
    return until.isPresent();
  }

  /** The lane must rest; of several who say so, the longest decides. */
  synchronized void rest(Duration wished) {
    rest = rest.filter(it -> it.compareTo(wished) >= 0).or(() -> Optional.of(wished));
  }

  /** Gives the lane back. */
  synchronized void end() {
    var restsUntil = clock.instant().plus(rest.orElse(Duration.ZERO));
    until.ifPresent(it -> lanes.giveBack(target, it, restsUntil));
  }
}
