package io.vestibule.backup.restore;

import io.vestibule.backup.Backups;
import io.vestibule.backup.Bucket;
import io.vestibule.backup.Bulk;
import io.vestibule.backup.CompareVersions;
import io.vestibule.backup.ParallelScan;
import io.vestibule.backup.RestoreExclusions;
import io.vestibule.core.Env;
import io.vestibule.core.Service;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.forms.Retention;
import io.vestibule.keys.SigningKey;
import io.vestibule.store.Table;
import io.vestibule.store.Tables;
import io.vestibule.store.audit.AuditLog;
import java.time.Clock;

/** What RestoreFunction is made of, from its environment. */
final class RestoreWiring {

  final Service service;
  final RestoreCustomers restoreCustomers;
  final RestoreIdentities restoreIdentities;
  final RestoredAges restoredAges;
  final String tablesPrefix;

  private static final class Settings {

    final Service service;
    final Tables tables;
    final String bucket;
    final String receiptKeyArn;
    final String tableKeyArn;
    final String ledgerKeyArn;
    final String tablesPrefix;

    Settings(Env.Reader from) {
      service = Service.read(from);
      tables =
          Tables.read(
              from, Table.CUSTOMERS, Table.ENTRIES, Table.ERASURES, Table.IDENTITIES, Table.AUDIT);
      bucket = from.text("BACKUP_BUCKET");
      receiptKeyArn = from.text("RECEIPT_KEY_ARN");
      tableKeyArn = from.text("TABLE_KEY_ARN");
      ledgerKeyArn = from.text("LEDGER_KEY_ARN");
      tablesPrefix = from.text("RESTORE_TABLES_PREFIX");
    }
  }

  RestoreWiring(Env env, Clock clock) {
    var settings = env.read(Settings::new);
    service = settings.service;
    tablesPrefix = settings.tablesPrefix;
    var tables = settings.tables;
    var dynamoDb = Bulk.dynamoDb(env);
    var bucket = Bucket.of(env, settings.bucket);
    var backups = new Backups(bucket, SigningKey.of(env, settings.receiptKeyArn));
    var ledgerKey = SigningKey.of(env, settings.ledgerKeyArn);
    var exclusions =
        new RestoreExclusions(dynamoDb, tables.name(Table.ERASURES), bucket, ledgerKey);
    var audit = new AuditLog(dynamoDb, tables.name(Table.AUDIT));
    var overruleLedger = new OverruleLedger(exclusions, audit, clock);

    restoreCustomers =
        new RestoreCustomers(
            bucket,
            backups,
            new FindPlaces(
                dynamoDb, tables, bucket, new NewTables(dynamoDb, settings.tableKeyArn), clock),
            overruleLedger,
            new Retention(new Forms()),
            clock);
    restoredAges =
        new RestoredAges(
            new CompareVersions(new ParallelScan(dynamoDb, _ -> {}), tables.name(Table.IDENTITIES)),
            tables.name(Table.CUSTOMERS));
    restoreIdentities =
        new RestoreIdentities(dynamoDb, tables.name(Table.IDENTITIES), overruleLedger);
  }
}
