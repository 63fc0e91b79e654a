package io.vestibule.backup.drill;

import io.vestibule.backup.Backups;
import io.vestibule.backup.Bucket;
import io.vestibule.backup.Bulk;
import io.vestibule.backup.CompareVersions;
import io.vestibule.backup.Drills;
import io.vestibule.backup.Kind;
import io.vestibule.backup.Lease;
import io.vestibule.backup.ParallelScan;
import io.vestibule.backup.ReadBudget;
import io.vestibule.backup.RestoreExclusions;
import io.vestibule.backup.restore.NewTables;
import io.vestibule.backup.restore.RestoreBackup;
import io.vestibule.core.Env;
import io.vestibule.core.Pause;
import io.vestibule.core.Service;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.forms.Retention;
import io.vestibule.keys.CustomerKeys;
import io.vestibule.keys.KeysetKey;
import io.vestibule.keys.SigningKey;
import io.vestibule.store.Table;
import io.vestibule.store.Tables;
import java.security.SecureRandom;
import java.time.Clock;

/** What DrillFunction is made of, from its environment. */
final class DrillWiring {

  final Service service;
  final RunDrill runDrill;

  private static final class Settings {

    final Service service;
    final Tables tables;
    final String bucket;
    final String receiptKeyArn;
    final String keysetKeyArn;
    final String tableKeyArn;
    final String ledgerKeyArn;
    final int readUnits;

    Settings(Env.Reader from) {
      service = Service.read(from);
      tables =
          Tables.read(
              from,
              Table.CUSTOMERS,
              Table.ERASURES,
              Table.IDENTITIES,
              Table.SCRATCH,
              Table.SCRATCH_ENTRIES);
      bucket = from.text("BACKUP_BUCKET");
      receiptKeyArn = from.text("RECEIPT_KEY_ARN");
      keysetKeyArn = from.text("KEYSET_KEY_ARN");
      tableKeyArn = from.text("TABLE_KEY_ARN");
      ledgerKeyArn = from.text("LEDGER_KEY_ARN");
      readUnits = from.count("READ_UNITS_PER_SECOND");
    }
  }

  DrillWiring(Env env, Clock clock, Pause pause) {
    var settings = env.read(Settings::new);
    service = settings.service;
    var tables = settings.tables;
    var dynamoDb = Bulk.dynamoDb(env);
    var bucket = Bucket.of(env, settings.bucket);
    var backups = new Backups(bucket, SigningKey.of(env, settings.receiptKeyArn));
    var ledgerKey = SigningKey.of(env, settings.ledgerKeyArn);
    var exclusions =
        new RestoreExclusions(dynamoDb, tables.name(Table.ERASURES), bucket, ledgerKey);
    var newTables = new NewTables(dynamoDb, settings.tableKeyArn);
    var scratch =
        new Scratch(
            new ScratchTable(dynamoDb, newTables, Kind.CUSTOMERS, tables.name(Table.SCRATCH)),
            new ScratchTable(
                dynamoDb, newTables, Kind.ENTRIES, tables.name(Table.SCRATCH_ENTRIES)));
    var keys = new CustomerKeys(KeysetKey.of(env, settings.keysetKeyArn));
    var openSample = new OpenSample(dynamoDb, tables.name(Table.IDENTITIES), keys);
    var halves = new CustomerHalves(dynamoDb, tables, settings.readUnits);

    var drillBackup =
        new DrillBackup(
            backups,
            bucket,
            scratch,
            new RestoreBackup(exclusions, new Retention(new Forms()), clock),
            openSample,
            new LookAtLiveTables(
                new FindOrphans(halves, pause),
                new CompareVersions(
                    new ParallelScan(
                        dynamoDb, new ReadBudget(settings.readUnits, Pause.REAL)::spend),
                    tables.name(Table.IDENTITIES)),
                tables.name(Table.CUSTOMERS)),
            clock);
    var lease = new Lease(bucket, "drill", new SecureRandom(), clock);
    runDrill =
        new RunDrill(
            lease, drillBackup, scratch, new FirstDrill(new Drills(bucket, clock), backups));
  }
}
