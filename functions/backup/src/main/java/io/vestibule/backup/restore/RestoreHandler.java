package io.vestibule.backup.restore;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.vestibule.backup.Backups;
import io.vestibule.backup.Bucket;
import io.vestibule.backup.Bulk;
import io.vestibule.backup.Event;
import io.vestibule.backup.RefusedBackup;
import io.vestibule.backup.RestoreExclusions;
import io.vestibule.backup.VerifiedBackup;
import io.vestibule.core.Env;
import io.vestibule.core.Service;
import io.vestibule.keys.ReceiptKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Restores, by hand only: <code>{"backup": "latest" or an id, "into": "live" or a new table's name,
 * "dryRun": false}</code>; and <code>{"table": "identities", "from": "a recovered table"}</code>.
 */
public final class RestoreHandler
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {

  private static final Logger LOG = LoggerFactory.getLogger(RestoreHandler.class);

  /** So that no slip, and no grant, reaches a table that is in use. */
  private static final Pattern NEW_TABLE = Pattern.compile("(?=.*restore)[\\w.-]{3,255}");

  private final Service service;
  private final DynamoDbClient dynamoDb;
  private final String customers;
  private final Bucket bucket;
  private final Backups backups;
  private final NewTables newTables;
  private final RestoreBackup restoreBackup;
  private final RestoreIdentities restoreIdentities;
  private final Clock clock;

  public RestoreHandler() {
    this(Env.ofProcess(), Clock.systemUTC());
  }

  /** Wires the function from its environment. */
  public RestoreHandler(Env env, Clock clock) {
    record Config(
        Service service,
        String customers,
        String erasures,
        String identities,
        String bucket,
        String receiptKeyArn,
        String tableKeyArn) {}
    var config =
        env.read(
            from ->
                new Config(
                    Service.read(from),
                    from.text("CUSTOMERS_TABLE"),
                    from.text("ERASURES_TABLE"),
                    from.text("IDENTITIES_TABLE"),
                    from.text("BACKUP_BUCKET"),
                    from.text("RECEIPT_KEY_ARN"),
                    from.text("TABLE_KEY_ARN")));
    this.service = config.service();
    this.dynamoDb = Bulk.dynamoDb(env);
    this.customers = config.customers();
    this.bucket = Bucket.of(env, config.bucket());
    this.backups = new Backups(bucket, ReceiptKey.of(env, config.receiptKeyArn()));
    this.newTables = new NewTables(dynamoDb, config.tableKeyArn());
    var erasures = new RestoreExclusions(dynamoDb, config.erasures(), bucket);
    this.restoreBackup = new RestoreBackup(erasures);
    this.restoreIdentities = new RestoreIdentities(dynamoDb, config.identities(), erasures);
    this.clock = clock;
  }

  /**
   * Does what the event says.
   *
   * @throws IllegalArgumentException if it says anything else
   * @throws RefusedBackup if the backup is not what was written, or not all of it
   */
  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    return service.run(
        context, () -> handle(new Event(event, "backup", "into", "dryRun", "table", "from")));
  }

  private Map<String, Object> handle(Event event) {
    Instant start = clock.instant();
    var table = event.text("table");
    if (table.isPresent()) {
      return identities(table.get(), event, start);
    }
    var into = event.text("into").orElse("");
    requireKnown(into);
    var backup = VerifiedBackup.open(id(event.text("backup").orElse("latest")), backups, bucket);
    var report = event.flag("dryRun") ? restoreBackup.dryRun(backup) : restore(backup, into);
    LOG.info("Backup {} restored: {} customers", backup.backup().backup(), report.restored());
    return result(start, report.restored(), report.skipped(), report.erased());
  }

  private RestoreBackup.Report restore(VerifiedBackup backup, String into) {
    String table = into.equals("live") ? customers : into;
    Target target =
        into.equals("live") ? new Target.LiveTable(dynamoDb, customers) : newTables.create(into);
    var made = dynamoDb.describeTable(of -> of.tableName(table)).table();
    return restoreBackup.run(
        backup, target, new KeptProgress(bucket, backup.backup().backup(), made, clock));
  }

  private String id(String named) {
    if (!named.equals("latest")) {
      return named;
    }
    return backups
        .latest()
        .orElseThrow(() -> new IllegalStateException("There is no backup in the bucket yet"));
  }

  private static void requireKnown(String into) {
    if (!into.equals("live") && !NEW_TABLE.matcher(into).matches()) {
      throw new IllegalArgumentException(
          "A backup is restored into \"live\", or a new table with \"restore\" in its name");
    }
  }

  private Map<String, Object> identities(String table, Event event, Instant start) {
    var from = event.text("from").orElse("");
    if (event.flag("dryRun")) {
      throw new IllegalArgumentException("There is no dry run for identities");
    }
    if (!table.equals("identities") || !NEW_TABLE.matcher(from).matches()) {
      throw new IllegalArgumentException(
          "Only identities are brought back from a table, and it has \"restore\" in its name");
    }
    var report = restoreIdentities.run(from);
    return result(start, report.restored(), report.skipped(), report.erased());
  }

  private Map<String, Object> result(Instant start, long restored, long skipped, long erased) {
    return Map.of(
        "restored", restored,
        "skipped", skipped,
        "erased", erased,
        "seconds", Duration.between(start, clock.instant()).toMillis() / 1000.0);
  }
}
