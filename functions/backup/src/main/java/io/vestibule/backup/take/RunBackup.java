package io.vestibule.backup.take;

import io.vestibule.backup.Drills;
import io.vestibule.backup.Lease;
import io.vestibule.core.Counter;
import io.vestibule.core.Deadline;
import java.time.Duration;

/** Takes a backup or continues one, while no other run does. */
final class RunBackup {

  /** What it takes to store what was read, and to write down how far that was. */
  private static final Duration RESERVE = Duration.ofMinutes(1);

  private final Lease lease;
  private final TakeBackup takeBackup;
  private final Drills drills;

  RunBackup(Lease lease, TakeBackup takeBackup, Drills drills) {
    this.lease = lease;
    this.takeBackup = takeBackup;
    this.drills = drills;
  }

  /**
   * Does what is ordered.
   *
   * @param remaining after this Lambda ends the run
   */
  BackupRun run(BackupOrder order, Duration remaining) {
    // Nearly every quarter of an hour. With the lease it would keep out a backup that begins now.
    if (order.onlyGoOn() && lease.isFree() && !takeBackup.isWaiting()) {
      return new BackupRun.NothingWaits();
    }
    var deadline = Deadline.in(order.reads().orElse(remaining.minus(RESERVE)));
    return lease
        .hold(remaining, afterFailure -> run(order, afterFailure, deadline))
        .orElseGet(BackupRun.Busy::new);
  }

  /**
   * A run that died or failed may have left nothing to go on with: then there is a backup to begin.
   */
  private Lease.Result<BackupRun> run(BackupOrder order, boolean afterFailure, Deadline deadline) {
    var run =
        order.onlyGoOn() && !afterFailure
            ? takeBackup.goOn(deadline)
            : takeBackup.run(order.engine(), deadline);
    if (run instanceof BackupRun.Taken) {
      Counter.BACKUP_TAKEN.increment();
      Counter.DRILL_OVERDUE.add(drills.isOverdue() ? 1 : 0);
    }
    return new Lease.Result<>(run, !(run instanceof BackupRun.NothingWaits));
  }
}
