package io.vestibule.delivery.lane;

import io.vestibule.core.Counter;
import io.vestibule.core.Deadline;
import io.vestibule.store.delivery.Deliveries;
import io.vestibule.store.delivery.Lanes;
import io.vestibule.store.delivery.Lanes.Lane;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/** Works on several lanes at once, each on its own. */
public final class DrainLanes {

  /** What waits for longer is an alarm. */
  private static final Duration LATE = Duration.ofHours(1);

  /** Half of the month in which whoever asked to be erased must be told what was done. */
  private static final Duration OWED = Duration.ofDays(15);

  private final DrainLane drainLane;
  private final Lanes lanes;
  private final Deliveries deliveries;
  private final Clock clock;

  public DrainLanes(DrainLane drainLane, Lanes lanes, Deliveries deliveries, Clock clock) {
    this.drainLane = drainLane;
    this.lanes = lanes;
    this.deliveries = deliveries;
    this.clock = clock;
  }

  /**
   * Works on lanes, and ends when all have been worked on.
   *
   * @throws RuntimeException if one failed; the others went on
   */
  public void run(Collection<String> names, Deadline deadline) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all =
          names.stream()
              .map(it -> CompletableFuture.runAsync(() -> drainLane.run(it, deadline), threads))
              .toArray(CompletableFuture[]::new);
      CompletableFuture.allOf(all).join();
    }
  }

  /** What is told of all lanes. */
  public record Report(int lanes, int stopped, int late, int owed) {}

  /** Counts what a person should know of, and works on every lane that goes on. */
  public Report runAll(Deadline deadline) {
    var all = lanes.all();
    var report = report(all);
    Counter.LANE_STOPPED.add(report.stopped());
    Counter.DELIVERY_LATE.add(report.late());
    Counter.END_UNTOLD.add(report.owed());
    run(all.stream().filter(it -> it.stopped().isEmpty()).map(Lane::target).toList(), deadline);
    return report;
  }

  private Report report(List<Lane> all) {
    var now = clock.instant();
    var backlogs = all.stream().map(it -> deliveries.backlog(it.target())).toList();
    return new Report(
        all.size(),
        (int) all.stream().filter(it -> it.stopped().isPresent()).count(),
        (int) backlogs.stream().filter(it -> isBefore(it.oldest(), now.minus(LATE))).count(),
        (int) backlogs.stream().filter(it -> isBefore(it.oldestOwed(), now.minus(OWED))).count());
  }

  private static boolean isBefore(Optional<Instant> time, Instant limit) {
    return time.filter(limit::isAfter).isPresent();
  }
}
