package io.vestibule.backup.drill;

import io.vestibule.backup.Backups;
import io.vestibule.backup.Bucket;
import io.vestibule.backup.RefusedBackup;
import io.vestibule.backup.VerifiedBackup;
import io.vestibule.backup.drill.OpenSample.Opened;
import io.vestibule.backup.restore.RestoreBackup;
import io.vestibule.backup.restore.RestoreReport;
import io.vestibule.backup.restore.RowCounts;
import io.vestibule.core.Deadline;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Proves the newest backup: restores it into scratch tables, counts, opens some of the customers
 * and their entries through KMS, and looks whether anybody came back who was erased.
 *
 * <p>A drill that died leaves its tables to the next, which drops them first.
 */
final class DrillBackup {

  private final Backups backups;
  private final Bucket bucket;
  private final Scratch scratch;
  private final RestoreBackup restoreBackup;
  private final OpenSample openSample;
  private final LookAtLiveTables live;
  private final Clock clock;

  DrillBackup(
      Backups backups,
      Bucket bucket,
      Scratch scratch,
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
    var content = backup.backup();
    var restored = restoreBackup.run(backup, scratch.create(content));
    var customers = scratch.customers();
    long counted = customers.count();
    var opened = openSample.run(customers.name(), scratch.entriesOf(content));
    var versions = live.versions(customers.name(), deadline);
    return new DrillReport(
        start,
        content.backup(),
        content.items(),
        restored.counts().restored(),
        counted,
        opened.customers().opened(),
        opened.customers().failed(),
        resurrected(restored.keptOut()),
        restored.counts().leftOut().erased(),
        restored.counts().leftOut().invalid(),
        restored.entries().map(counts -> entries(restored, counts, opened.entries())).orElse(null),
        live.orphans(deadline),
        versions.orElse(null),
        seconds(start),
        "");
  }

  private DrilledEntries entries(RestoreReport restored, RowCounts counts, Opened opened) {
    var leftOut = counts.leftOut();
    long resurrected =
        restored.keptOut().stream()
            .filter(customer -> scratch.entriesIn().count(customer) > 0)
            .count();
    return new DrilledEntries(
        counts.rows(),
        counts.restored(),
        scratch.entries().count(),
        opened.opened(),
        opened.failed(),
        resurrected,
        leftOut.erased(),
        leftOut.invalid(),
        leftOut.over(),
        leftOut.unowned());
  }

  private DrillReport refused(Instant start, String id, String why, Deadline deadline) {
    Orphans orphans = live.orphans(deadline);
    return new DrillReport(
        start, id, 0, 0, 0, 0, 0, 0, 0, 0, null, orphans, null, seconds(start), why);
  }

  private double seconds(Instant start) {
    return Duration.between(start, clock.instant()).toMillis() / 1000.0;
  }

  private long resurrected(Set<String> erased) {
    return erased.stream()
        .filter(customer -> openSample.isThere(scratch.customers().name(), customer))
        .count();
  }
}
