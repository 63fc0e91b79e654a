package io.vestibule.delivery.lane;

import static java.util.stream.Collectors.toCollection;

import io.vestibule.core.Counter;
import io.vestibule.core.Deadline;
import io.vestibule.core.WorkThreads;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.targets.Target;
import io.vestibule.core.targets.Targets;
import io.vestibule.store.delivery.Deliveries;
import io.vestibule.store.delivery.Deliveries.Backlog;
import io.vestibule.store.delivery.Lanes;
import io.vestibule.store.delivery.Lanes.Lane;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Works on several lanes at once, each on its own. */
public final class DrainLanes {

  /** What waits for longer is an alarm. */
  private static final Duration LATE = Duration.ofHours(1);

  /** Half of the month in which whoever asked to be erased must be told what was done. */
  private static final Duration OWED = Duration.ofDays(15);

  private final DrainLane drainLane;
  private final WithoutTarget withoutTarget;
  private final Lanes lanes;
  private final Deliveries deliveries;
  private final Targets targets;
  private final Forms forms;
  private final Clock clock;

  public DrainLanes(
      DrainLane drainLane,
      WithoutTarget withoutTarget,
      Lanes lanes,
      Deliveries deliveries,
      Targets targets,
      Forms forms,
      Clock clock) {
    this.drainLane = drainLane;
    this.withoutTarget = withoutTarget;
    this.lanes = lanes;
    this.deliveries = deliveries;
    this.targets = targets;
    this.forms = forms;
    this.clock = clock;
  }

  /**
   * Works on lanes, and ends when all have been worked on.
   *
   * @throws RuntimeException if one failed; the others went on
   */
  public void run(Collection<String> names, Deadline deadline) {
    try (var threads = WorkThreads.each()) {
      var all =
          names.stream()
              .map(it -> CompletableFuture.runAsync(() -> run(it, deadline), threads))
              .toArray(CompletableFuture[]::new);
      CompletableFuture.allOf(all).join();
    }
  }

  private void run(String name, Deadline deadline) {
    targets
        .find(name)
        .ifPresentOrElse(
            target -> drainLane.run(target, deadline), () -> withoutTarget.run(name, deadline));
  }

  /** What is told of all lanes. */
  public record Report(int lanes, int stopped, int late, int owed) {}

  /**
   * Counts what a person should know of, and works on every lane that goes on and in which
   * something is due.
   */
  public Report runAll(Deadline deadline) {
    var now = clock.instant();
    var waiting =
        all().stream().map(it -> new Waiting(it, deliveries.backlog(it.target()))).toList();
    var report = report(waiting, now);
    Counter.LANE_STOPPED.add(report.stopped());
    Counter.DELIVERY_LATE.add(report.late());
    Counter.END_UNTOLD.add(report.owed());
    run(
        waiting.stream()
            .filter(it -> it.lane.stopped().isEmpty())
            .filter(it -> it.backlog.next().filter(next -> !next.isAfter(now)).isPresent())
            .map(it -> it.lane.target())
            .toList(),
        deadline);
    return report;
  }

  private record Waiting(Lane lane, Backlog backlog) {}

  /** Those whom the forms list too: the stream may have forgotten the first row of a lane. */
  private List<Lane> all() {
    var known = lanes.all();
    var names = known.stream().map(Lane::target).collect(toCollection(TreeSet::new));
    var others =
        forms.all().stream()
            .flatMap(form -> targets.of(form).stream())
            .map(Target::name)
            .filter(names::add)
            .map(name -> new Lane(name, Optional.empty()));
    return Stream.concat(known.stream(), others).toList();
  }

  private static Report report(List<Waiting> all, Instant now) {
    return new Report(
        all.size(),
        (int) all.stream().filter(it -> it.lane.stopped().isPresent()).count(),
        (int) all.stream().filter(it -> isBefore(it.backlog.oldest(), now.minus(LATE))).count(),
        (int)
            all.stream().filter(it -> isBefore(it.backlog.oldestOwed(), now.minus(OWED))).count());
  }

  private static boolean isBefore(Optional<Instant> time, Instant limit) {
    return time.filter(limit::isAfter).isPresent();
  }
}
