package io.vestibule.backup.take;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.vestibule.backup.Backup;
import io.vestibule.backup.Backups;
import io.vestibule.backup.Bucket;
import io.vestibule.backup.Bulk;
import io.vestibule.backup.Drills;
import io.vestibule.backup.Event;
import io.vestibule.backup.Kind;
import io.vestibule.backup.Lease;
import io.vestibule.backup.take.TakeBackup.Outcome;
import io.vestibule.core.Counter;
import io.vestibule.core.Deadline;
import io.vestibule.core.Env;
import io.vestibule.core.Service;
import io.vestibule.keys.ReceiptKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a backup: daily, and by hand, with <code>{}</code>; <code>{"continue": true}</code> only
 * continues one that is not finished, or makes up for a run that died or failed. <code>
 * {"forSeconds": n}</code> ends reading after that time; <code>{"engine": "export"}</code>, or
 * {@code "scan"}, says how a backup that begins with this run copies customers. One run at a time:
 * others answer <code>{"finished": false, "busy": true}</code>.
 */
public final class BackupHandler
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {

  private static final Logger LOG = LoggerFactory.getLogger(BackupHandler.class);

  /** What it takes to store what was read, and to write down how far that was. */
  private static final Duration RESERVE = Duration.ofMinutes(1);

  private static final long GIGABYTE = 1L << 30;

  private final Service service;
  private final Lease lease;
  private final TakeBackup takeBackup;
  private final Drills drills;
  private final Clock clock;

  public BackupHandler() {
    this(Env.ofProcess(), Clock.systemUTC());
  }

  /** Wires the function from its environment. */
  public BackupHandler(Env env, Clock clock) {
    record Config(
        Service service,
        String customers,
        String customersArn,
        String erasures,
        String systemKeys,
        String bucket,
        String receiptKeyArn,
        String tableKeyArn,
        int readUnits,
        long exportAboveGigabytes) {}
    var config =
        env.read(
            from ->
                new Config(
                    Service.read(from),
                    from.text("CUSTOMERS_TABLE"),
                    from.text("CUSTOMERS_TABLE_ARN"),
                    from.text("ERASURES_TABLE"),
                    from.text("SYSTEM_KEYS_TABLE"),
                    from.text("BACKUP_BUCKET"),
                    from.text("RECEIPT_KEY_ARN"),
                    from.text("TABLE_KEY_ARN"),
                    from.count("READ_UNITS_PER_SECOND"),
                    from.zeroOrMore("EXPORT_ABOVE_GIGABYTES")));
    this.service = config.service();
    var bucket = Bucket.of(env, config.bucket());
    var dynamoDb = Bulk.dynamoDb(env);
    var random = new SecureRandom();
    this.clock = clock;
    this.lease = new Lease(bucket, "backup", random, clock);
    this.drills = new Drills(bucket, clock);
    this.takeBackup =
        new TakeBackup(
            new ScanTables(
                dynamoDb,
                Map.of(
                    Kind.CUSTOMERS, config.customers(),
                    Kind.ERASURES, config.erasures(),
                    Kind.SYSTEM_KEYS, config.systemKeys()),
                bucket,
                config.readUnits(),
                clock),
            new ExportCustomers(
                dynamoDb,
                config.customers(),
                config.customersArn(),
                bucket,
                config.tableKeyArn(),
                config.exportAboveGigabytes() * GIGABYTE),
            bucket,
            new Backups(bucket, ReceiptKey.of(env, config.receiptKeyArn())),
            random,
            clock);
  }

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    return service.run(
        context, () -> handle(new Event(event, "continue", "forSeconds", "engine"), context));
  }

  private Map<String, Object> handle(Event event, Context context) {
    // Nearly every quarter of an hour. With the lease it would keep out a backup that begins now.
    if (event.flag("continue") && lease.isFree() && !takeBackup.isWaiting()) {
      return Map.of("finished", true);
    }
    Optional<Engine> engine = event.text("engine").map(Engine::named);
    var longest = Duration.ofMillis(context.getRemainingTimeInMillis());
    return lease
        .hold(
            longest,
            afterFailure ->
                run(engine, event.flag("continue") && !afterFailure, deadline(event, context)))
        .orElseGet(BackupHandler::isBusy);
  }

  private static Map<String, Object> isBusy() {
    LOG.info("Another run is at it");
    return Map.of("finished", false, "busy", true);
  }

  /**
   * A run that died or failed may have left nothing to go on with: then there is a backup to begin.
   */
  private Lease.Result<Map<String, Object>> run(
      Optional<Engine> engine, boolean onlyWhatWaits, Deadline deadline) {
    Instant start = clock.instant();
    Outcome outcome = onlyWhatWaits ? takeBackup.goOn(deadline) : takeBackup.run(engine, deadline);
    return switch (outcome) {
      case Outcome.Taken(var backup) -> new Lease.Result<>(taken(backup, start), true);
      case Outcome.Waiting(var progress) -> {
        LOG.info("Backup {} waits to be gone on with", progress.backup());
        yield new Lease.Result<>(waiting(progress), true);
      }
      case Outcome.NothingWaits() -> new Lease.Result<>(Map.of("finished", true), false);
    };
  }

  private static Map<String, Object> waiting(Progress progress) {
    return Map.of(
        "backup", progress.backup(), "finished", false, "engine", progress.engine().text());
  }

  private static Deadline deadline(Event event, Context context) {
    var remaining = Duration.ofMillis(context.getRemainingTimeInMillis());
    return Deadline.in(
        event.number("forSeconds").map(Duration::ofSeconds).orElse(remaining.minus(RESERVE)));
  }

  private Map<String, Object> taken(Backup backup, Instant start) {
    Counter.BACKUP_TAKEN.increment();
    Counter.DRILL_OVERDUE.add(drills.isOverdue() ? 1 : 0);
    LOG.info("Backup {} holds {} customers", backup.backup(), backup.items());
    return Map.of(
        "backup", backup.backup(),
        "items", backup.items(),
        "bytes", backup.bytes(),
        "parts", backup.parts(),
        "manifest", Backup.document(backup.backup()),
        "seconds", Duration.between(start, clock.instant()).toMillis() / 1000.0,
        "engine", backup.engine());
  }
}
