package io.vestibule.backup.take;

import io.vestibule.backup.Backups;
import io.vestibule.backup.Bucket;
import io.vestibule.backup.Bulk;
import io.vestibule.backup.Drills;
import io.vestibule.backup.Kind;
import io.vestibule.backup.Lease;
import io.vestibule.core.Env;
import io.vestibule.core.Service;
import io.vestibule.keys.SigningKey;
import io.vestibule.store.Table;
import io.vestibule.store.Tables;
import java.security.SecureRandom;
import java.time.Clock;

/** What BackupFunction is made of, from its environment. */
final class BackupWiring {

  final Service service;
  final RunBackup runBackup;

  private static final class Settings {

    private static final long GIGABYTE = 1L << 30;

    final Service service;
    final Tables tables;
    final String customersArn;
    final String bucket;
    final String receiptKeyArn;
    final String tableKeyArn;
    final int readUnits;
    final long exportAbove;

    Settings(Env.Reader from) {
      service = Service.read(from);
      tables = Tables.read(from, Kind.tables());
      customersArn = from.text("CUSTOMERS_TABLE_ARN");
      bucket = from.text("BACKUP_BUCKET");
      receiptKeyArn = from.text("RECEIPT_KEY_ARN");
      tableKeyArn = from.text("TABLE_KEY_ARN");
      readUnits = from.count("READ_UNITS_PER_SECOND");
      exportAbove = from.zeroOrMore("EXPORT_ABOVE_GIGABYTES") * GIGABYTE;
    }
  }

  BackupWiring(Env env, Clock clock) {
    var settings = env.read(Settings::new);
    service = settings.service;
    var dynamoDb = Bulk.dynamoDb(env);
    var bucket = Bucket.of(env, settings.bucket);
    var backups = new Backups(bucket, SigningKey.of(env, settings.receiptKeyArn));
    var random = new SecureRandom();

    var tables = settings.tables;
    var scanTables = new ScanTables(dynamoDb, tables, bucket, settings.readUnits, clock);
    var exportCustomers =
        new ExportCustomers(
            dynamoDb,
            tables.name(Table.CUSTOMERS),
            settings.customersArn,
            bucket,
            settings.tableKeyArn,
            settings.exportAbove);
    var unfinished = new UnfinishedBackup(bucket);
    var finishBackup = new FinishBackup(bucket, tables, backups, clock);
    var takeBackup =
        new TakeBackup(
            scanTables, exportCustomers, backups, unfinished, finishBackup, random, clock);

    var lease = new Lease(bucket, "backup", random, clock);
    runBackup = new RunBackup(lease, takeBackup, new Drills(bucket, clock));
  }
}
