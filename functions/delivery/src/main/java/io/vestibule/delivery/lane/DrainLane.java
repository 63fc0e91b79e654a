package io.vestibule.delivery.lane;

import static java.util.function.Predicate.not;

import io.vestibule.core.Deadline;
import io.vestibule.core.WorkThreads;
import io.vestibule.core.targets.Target;
import io.vestibule.store.delivery.Deliveries;
import io.vestibule.store.delivery.Deliveries.Due;
import io.vestibule.store.delivery.Delivery;
import io.vestibule.store.delivery.Lanes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells one target what is due, the oldest first. Nobody else works on the lane meanwhile, and no
 * other lane waits for it.
 */
public final class DrainLane {

  /** Of what is gathered, so much goes into one message. */
  private static final int GATHERED = 100;

  /** Between two messages of what is gathered: no mailbox and no chat is flooded by a backlog. */
  private static final Duration BETWEEN = Duration.ofMinutes(1);

  private final Lanes lanes;
  private final Deliveries deliveries;
  private final Attempt attempt;
  private final Settle settle;
  private final Clock clock;

  public DrainLane(
      Lanes lanes, Deliveries deliveries, Attempt attempt, Settle settle, Clock clock) {
    this.lanes = lanes;
    this.deliveries = deliveries;
    this.attempt = attempt;
    this.settle = settle;
    this.clock = clock;
  }

  /**
   * Works on a lane until nothing is due, the target has trouble, or the time is over. Whoever dies
   * here keeps the lane for two minutes at most.
   */
  void run(Target target, Deadline deadline) {
    Turn.begin(lanes, target.name(), deadline, clock)
        .ifPresent(
            turn -> {
              drain(target, turn);
              turn.end();
            });
  }

  /**
   * Goes through all that is due, again and again: what came meanwhile, and what the index did not
   * have yet. It ends when there was nothing to begin.
   */
  private void drain(Target target, Turn turn) {
    boolean isBegun = true;
    while (isBegun && turn.goesOn()) {
      isBegun =
          target.gathered().isZero()
              ? each(target, deliveries.due(target.name(), clock.instant()), turn)
              : gather(target, turn);
    }
  }

  /** Tells each by itself; whether anything was begun. */
  private boolean each(Target target, Stream<Due> due, Turn turn) {
    return due.takeWhile(_ -> turn.goesOn())
        .gather(WorkThreads.map(target.atOnce(), it -> one(target, it, turn)))
        .reduce(false, Boolean::logicalOr);
  }

  private boolean one(Target target, Due due, Turn turn) {
    if (due.delivery().isEmpty()) {
      return settle.refuse(due);
    }
    var made = attempt.one(target, due.delivery().get());
    made.rest().ifPresent(turn::rest);
    return made.isBegun();
  }

  /** Entries wait for others; an erasure or a withdrawal waits for nobody. */
  private boolean gather(Target target, Turn turn) {
    var now = clock.instant();
    boolean isBegun =
        each(target, deliveries.due(target.name(), now).filter(not(Due::isEntry)), turn);
    var entries =
        deliveries
            .due(target.name(), now.plus(target.gathered()))
            .filter(Due::isEntry)
            .filter(it -> isDue(it, now) || isFresh(it))
            .limit(GATHERED)
            .toList();
    if (entries.stream().noneMatch(it -> isDue(it, now)) || !turn.goesOn()) {
      return isBegun;
    }
    var made =
        attempt.together(target, entries.stream().flatMap(it -> it.delivery().stream()).toList());
    if (made.isBegun()) {
      turn.rest(made.rest().filter(it -> it.compareTo(BETWEEN) > 0).orElse(BETWEEN));
    }
    return isBegun || made.isBegun();
  }

  private static boolean isDue(Due due, Instant now) {
    return due.dueAt().filter(now::isBefore).isEmpty();
  }

  /** It waits for others, and not for its next attempt. */
  private static boolean isFresh(Due due) {
    return due.delivery().map(Delivery::attempts).equals(Optional.of(0));
  }
}
