package io.vestibule.backup.restore;

import io.vestibule.backup.Backups;
import io.vestibule.backup.Bucket;
import io.vestibule.backup.RestoreExclusions;
import io.vestibule.backup.VerifiedBackup;
import io.vestibule.core.forms.Retention;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restores customers and their entries by hand: into the live tables, or into new ones, or to see
 * what would be.
 */
final class RestoreCustomers {

  private static final Logger LOG = LoggerFactory.getLogger(RestoreCustomers.class);

  private final Bucket bucket;
  private final Backups backups;
  private final FindPlaces findPlaces;
  private final OverruleLedger overruleLedger;
  private final Retention retention;
  private final Clock clock;

  RestoreCustomers(
      Bucket bucket,
      Backups backups,
      FindPlaces findPlaces,
      OverruleLedger overruleLedger,
      Retention retention,
      Clock clock) {
    this.bucket = bucket;
    this.backups = backups;
    this.findPlaces = findPlaces;
    this.overruleLedger = overruleLedger;
    this.retention = retention;
    this.clock = clock;
  }

  /**
   * Does what is ordered.
   *
   * @throws io.vestibule.backup.RefusedBackup if the backup is not what was written, or not all of
   *     it
   */
  RestoreReport run(RestoreOrder.Customers order) {
    var backup = VerifiedBackup.open(order.backup().orElseGet(this::latest), backups, bucket);
    var report = order.dryRun() ? dryRun(backup, order) : restore(backup, order);
    LOG.info(
        "Backup {} restored: {} customers and {} entries",
        backup.backup().backup(),
        report.counts().restored(),
        report.entries().map(RowCounts::restored).orElse(0L));
    return report;
  }

  private String latest() {
    return backups
        .latest()
        .orElseThrow(() -> new IllegalStateException("There is no backup in the bucket yet"));
  }

  private RestoreReport dryRun(VerifiedBackup backup, RestoreOrder.Customers order) {
    return restoring(overruleLedger.supposed(order.overrule()))
        .dryRun(backup, findPlaces.toLookAt(backup.backup(), order));
  }

  private RestoreReport restore(VerifiedBackup backup, RestoreOrder.Customers order) {
    return restoring(overruleLedger.ordered(order.overrule()))
        .run(backup, findPlaces.toWriteTo(backup.backup(), order));
  }

  private RestoreBackup restoring(RestoreExclusions exclusions) {
    return new RestoreBackup(exclusions, retention, clock);
  }
}
