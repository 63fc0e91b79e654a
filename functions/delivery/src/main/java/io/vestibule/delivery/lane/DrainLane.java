package io.vestibule.delivery.lane;

import static java.util.stream.Collectors.partitioningBy;

import io.vestibule.core.Deadline;
import io.vestibule.core.targets.Target;
import io.vestibule.core.targets.Targets;
import io.vestibule.delivery.lane.Attempt.Made;
import io.vestibule.store.delivery.Deliveries;
import io.vestibule.store.delivery.Deliveries.Due;
import io.vestibule.store.delivery.Deliveries.End;
import io.vestibule.store.delivery.Delivery;
import io.vestibule.store.delivery.Delivery.Cause;
import io.vestibule.store.delivery.Lanes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Gatherers;

/**
 * Tells one target what is due, the oldest first. Nobody else works on the lane meanwhile, and no
 * other lane waits for it.
 */
public final class DrainLane {

  /** Calls that are under way at once; a partner takes as many. */
  private static final int AT_ONCE = 8;

  /** Of what is gathered, so much goes into one message. */
  private static final int GATHERED = 100;

  private final Targets targets;
  private final Lanes lanes;
  private final Deliveries deliveries;
  private final Attempt attempt;
  private final Settle settle;
  private final Kinds kinds;
  private final Clock clock;

  public DrainLane(
      Targets targets,
      Lanes lanes,
      Deliveries deliveries,
      Attempt attempt,
      Settle settle,
      Kinds kinds,
      Clock clock) {
    this.targets = targets;
    this.lanes = lanes;
    this.deliveries = deliveries;
    this.attempt = attempt;
    this.settle = settle;
    this.kinds = kinds;
    this.clock = clock;
  }

  /** Works on a lane until nothing is due, the target has trouble, or the time is over. */
  void run(String name, Deadline deadline) {
    var taken = lanes.take(name, clock.instant());
    if (taken.isEmpty()) {
      return;
    }
    var target = targets.find(name);
    if (target.isEmpty()) {
      // Its file is gone: what it was told it keeps, until somebody brings the file back.
      settle.stop(name, "no-target");
      return;
    }
    drain(target.get(), taken.get(), deadline);
  }

  private void drain(Target target, Instant taken, Deadline deadline) {
    var until = Optional.of(taken);
    while (until.isPresent()) {
      var made = round(target);
      boolean isOver = !made.isBegun() || made.rest().isPresent() || deadline.isOver();
      if (isOver) {
        var restsUntil = clock.instant().plus(made.rest().orElse(Duration.ZERO));
        lanes.giveBack(target.name(), until.get(), restsUntil);
        return;
      }
      until = lanes.keep(target.name(), until.get(), clock.instant());
    }
  }

  private Made round(Target target) {
    var gathered = kinds.of(target).gathered(target);
    int most = gathered.isZero() ? AT_ONCE : GATHERED;
    var due = deliveries.due(target.name(), clock.instant(), most);
    due.stream().filter(it -> it.delivery().isEmpty()).forEach(this::refuse);
    var known = due.stream().flatMap(it -> it.delivery().stream()).toList();
    return gathered.isZero() ? each(target, known) : gather(target, known, gathered);
  }

  /** Whoever may write to the table may have put it there; it must not keep up the others. */
  private void refuse(Due row) {
    deliveries.end(row.key(), End.FAILED, "malformed", clock.instant());
  }

  private Made each(Target target, List<Delivery> due) {
    return due.stream()
        .gather(Gatherers.mapConcurrent(AT_ONCE, it -> attempt.one(target, it)))
        .reduce(Made.NONE, Made::and);
  }

  /** Entries wait for others; an erasure or a withdrawal waits for nobody. */
  private Made gather(Target target, List<Delivery> due, Duration time) {
    var byCause = due.stream().collect(partitioningBy(it -> it.news().cause() == Cause.ENTRY));
    var others = each(target, byCause.getOrDefault(false, List.of()));
    var entries = byCause.getOrDefault(true, List.of());
    var isTime =
        entries.stream().anyMatch(it -> !it.createdAt().plus(time).isAfter(clock.instant()));
    return isTime ? others.and(attempt.together(target, entries)) : others;
  }
}
