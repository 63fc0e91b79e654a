package io.vestibule.backup.drill;

import io.vestibule.backup.Backups;
import io.vestibule.backup.Bucket;
import io.vestibule.backup.RefusedBackup;
import io.vestibule.backup.VerifiedBackup;
import io.vestibule.backup.drill.OpenSample.Opened;
import io.vestibule.backup.restore.RestoreBackup;
import io.vestibule.backup.restore.RestoreProgress;
import io.vestibule.core.Deadline;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Proves the newest backup: restores it into a scratch table, counts, opens some of the customers
 * through KMS, and looks whether anybody came back who was erased.
 *
 * <p>A drill that died leaves its table to the next, which drops it first.
 */
final class DrillBackup {

  private final Backups backups;
  private final Bucket bucket;
  private final ScratchTable scratch;
  private final RestoreBackup restoreBackup;
  private final OpenSample openSample;
  private final LookAtLiveTables live;
  private final Clock clock;

  DrillBackup(
      Backups backups,
      Bucket bucket,
      ScratchTable scratch,
      RestoreBackup restoreBackup,
      OpenSample openSample,
      LookAtLiveTables live,
      Clock clock) {
    this.backups = backups;
    this.bucket = bucket;
    this.scratch = scratch;
    this.restoreBackup = restoreBackup;
    this.openSample = openSample;
    this.live = live;
    this.clock = clock;
  }

  /**
   * Drills the newest backup, and leaves a report in the bucket whatever comes of it.
   *
   * @param deadline until when it may compare the live tables
   */
  DrillReport run(Deadline deadline) {
    Instant start = clock.instant();
    String id = backups.latest().orElse("");
    DrillReport report =
        id.isEmpty()
            ? refused(start, id, "There is no backup", deadline)
            : drill(start, id, deadline);
    new DrillPages(bucket).write(report);
    return report;
  }

  private DrillReport drill(Instant start, String id, Deadline deadline) {
    scratch.drop();
    try {
      return drill(start, VerifiedBackup.open(id, backups, bucket), deadline);
    } catch (RefusedBackup e) {
      return refused(start, id, String.valueOf(e.getMessage()), deadline);
    } finally {
      scratch.drop();
    }
  }

  private DrillReport drill(Instant start, VerifiedBackup backup, Deadline deadline) {
    var restored = restoreBackup.run(backup, scratch.create(), RestoreProgress.NONE);
    long counted = scratch.count();
    Opened opened = openSample.run(scratch.name());
    var versions = live.versions(scratch.name(), deadline);
    return new DrillReport(
        start,
        backup.backup().backup(),
        backup.backup().items(),
        restored.restored(),
        counted,
        opened.opened(),
        opened.failed(),
        resurrected(restored.keptOut()),
        restored.erased(),
        restored.invalid(),
        live.orphans(deadline),
        versions.orElse(null),
        seconds(start),
        "");
  }

  private DrillReport refused(Instant start, String id, String why, Deadline deadline) {
    Orphans orphans = live.orphans(deadline);
    return new DrillReport(start, id, 0, 0, 0, 0, 0, 0, 0, 0, orphans, null, seconds(start), why);
  }

  private double seconds(Instant start) {
    return Duration.between(start, clock.instant()).toMillis() / 1000.0;
  }

  private long resurrected(Set<String> erased) {
    return erased.stream().filter(customer -> openSample.isThere(scratch.name(), customer)).count();
  }
}
