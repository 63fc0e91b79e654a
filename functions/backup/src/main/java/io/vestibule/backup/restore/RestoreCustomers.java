package io.vestibule.backup.restore;

import io.vestibule.backup.Backups;
import io.vestibule.backup.Bucket;
import io.vestibule.backup.VerifiedBackup;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Restores customers by hand: into the live table, or into a new one, or to see what would be. */
final class RestoreCustomers {

  private static final Logger LOG = LoggerFactory.getLogger(RestoreCustomers.class);

  private final DynamoDbClient dynamoDb;
  private final String live;
  private final Bucket bucket;
  private final Backups backups;
  private final NewTables newTables;
  private final OverruleLedger overruleLedger;
  private final Clock clock;

  RestoreCustomers(
      DynamoDbClient dynamoDb,
      String live,
      Bucket bucket,
      Backups backups,
      NewTables newTables,
      OverruleLedger overruleLedger,
      Clock clock) {
    this.dynamoDb = dynamoDb;
    this.live = live;
    this.bucket = bucket;
    this.backups = backups;
    this.newTables = newTables;
    this.overruleLedger = overruleLedger;
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
    LOG.info("Backup {} restored: {} customers", backup.backup().backup(), report.restored());
    return report;
  }

  private String latest() {
    return backups
        .latest()
        .orElseThrow(() -> new IllegalStateException("There is no backup in the bucket yet"));
  }

  private RestoreReport dryRun(VerifiedBackup backup, RestoreOrder.Customers order) {
    var exclusions = overruleLedger.supposed(order.overrule());
    Target target =
        order
            .into()
            .<Target>map(table -> new Target.NewTable(dynamoDb, table))
            .orElseGet(() -> new Target.LiveTable(dynamoDb, live));
    return new RestoreBackup(exclusions).dryRun(backup, target);
  }

  private RestoreReport restore(VerifiedBackup backup, RestoreOrder.Customers order) {
    var restoreBackup = new RestoreBackup(overruleLedger.ordered(order.overrule()));
    Target target =
        order.into().map(newTables::create).orElseGet(() -> new Target.LiveTable(dynamoDb, live));
    var made = dynamoDb.describeTable(of -> of.tableName(order.into().orElse(live))).table();
    return restoreBackup.run(
        backup, target, new KeptProgress(bucket, backup.backup().backup(), made, clock));
  }
}
