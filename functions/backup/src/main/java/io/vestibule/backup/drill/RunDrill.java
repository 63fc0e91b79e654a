package io.vestibule.backup.drill;

import io.vestibule.backup.Lease;
import io.vestibule.core.Counter;
import io.vestibule.core.Deadline;
import java.time.Duration;

/** Drills, or tidies up after a drill that was cut off, while no other run does. */
final class RunDrill {

  /** What it takes to write a report, and to count this run. */
  private static final Duration RESERVE = Duration.ofMinutes(1);

  private final Lease lease;
  private final DrillBackup drillBackup;
  private final Scratch scratch;
  private final FirstDrill firstDrill;

  RunDrill(Lease lease, DrillBackup drillBackup, Scratch scratch, FirstDrill firstDrill) {
    this.lease = lease;
    this.drillBackup = drillBackup;
    this.scratch = scratch;
    this.firstDrill = firstDrill;
  }

  /**
   * Does what there is to do.
   *
   * @param onlyWhatIsOwed whether it drills only if the last run died or failed, or if there never
   *     was a drill
   * @param remaining after this Lambda ends the run
   */
  DrillRun run(boolean onlyWhatIsOwed, Duration remaining) {
    boolean isDue = !onlyWhatIsOwed || firstDrill.isOwed();
    if (!onlyWhatIsOwed && firstDrill.waitsForABackup()) {
      return new DrillRun.NoBackupYet();
    }
    // Nearly every day. With the lease it would keep out a drill that begins now.
    if (!isDue && lease.isFree() && !scratch.isThere()) {
      return new DrillRun.NothingLeft();
    }
    return lease
        .<DrillRun>hold(
            remaining,
            afterFailure ->
                isDue || afterFailure
                    ? new Lease.Result<>(drill(Deadline.in(remaining.minus(RESERVE))), true)
                    : new Lease.Result<>(tidy(), false))
        .orElseGet(DrillRun.Busy::new);
  }

  private DrillRun tidy() {
    scratch.drop();
    return new DrillRun.NothingLeft();
  }

  private DrillRun drill(Deadline deadline) {
    var report = drillBackup.run(deadline);
    (report.passed() ? Counter.DRILL_PASSED : Counter.DRILL_FAILED).increment();
    Counter.ORPHAN_FOUND.add(atMostAnInt(report.orphans().count()));
    Counter.ORPHANS_NOT_COUNTED.add(report.orphans().complete() ? 0 : 1);
    Counter.ROLLED_BACK.add(atMostAnInt(report.rolledBack()));
    return new DrillRun.Drilled(report);
  }

  private static int atMostAnInt(long count) {
    return Math.clamp(count, 0, Integer.MAX_VALUE);
  }
}
