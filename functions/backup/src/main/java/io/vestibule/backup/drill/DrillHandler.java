package io.vestibule.backup.drill;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.vestibule.backup.Backups;
import io.vestibule.backup.Bucket;
import io.vestibule.backup.Bulk;
import io.vestibule.backup.Event;
import io.vestibule.backup.Lease;
import io.vestibule.backup.RestoreExclusions;
import io.vestibule.backup.restore.NewTables;
import io.vestibule.backup.restore.RestoreBackup;
import io.vestibule.core.Counter;
import io.vestibule.core.Deadline;
import io.vestibule.core.Env;
import io.vestibule.core.Pause;
import io.vestibule.core.Service;
import io.vestibule.keys.CustomerKeys;
import io.vestibule.keys.KeysetKey;
import io.vestibule.keys.ReceiptKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drills the newest backup: monthly, and by hand, with <code>{}</code>; daily, with <code>
 * {"continue": true}</code>, only if the last run died or failed, and else sees that no table of a
 * drill was left. One run at a time: others answer <code>{"finished": false, "busy": true}</code>.
 */
public final class DrillHandler
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {

  private static final Logger LOG = LoggerFactory.getLogger(DrillHandler.class);

  /** What it takes to write a report, and to count this run. */
  private static final Duration RESERVE = Duration.ofMinutes(1);

  private final Service service;
  private final Lease lease;
  private final DrillBackup drillBackup;

  public DrillHandler() {
    this(Env.ofProcess(), Clock.systemUTC(), Pause.REAL);
  }

  /**
   * Wires the function from its environment.
   *
   * @param pause how it waits for what is being stored or erased while it compares
   */
  public DrillHandler(Env env, Clock clock, Pause pause) {
    record Config(
        Service service,
        String customers,
        String erasures,
        String identities,
        String scratch,
        String bucket,
        String receiptKeyArn,
        String keysetKeyArn,
        String tableKeyArn,
        int readUnits) {}
    var config =
        env.read(
            from ->
                new Config(
                    Service.read(from),
                    from.text("CUSTOMERS_TABLE"),
                    from.text("ERASURES_TABLE"),
                    from.text("IDENTITIES_TABLE"),
                    from.text("SCRATCH_TABLE"),
                    from.text("BACKUP_BUCKET"),
                    from.text("RECEIPT_KEY_ARN"),
                    from.text("KEYSET_KEY_ARN"),
                    from.text("TABLE_KEY_ARN"),
                    from.count("READ_UNITS_PER_SECOND")));
    this.service = config.service();
    var dynamoDb = Bulk.dynamoDb(env);
    var bucket = Bucket.of(env, config.bucket());
    var keys = new CustomerKeys(KeysetKey.of(env, config.keysetKeyArn()));
    this.lease = new Lease(bucket, "drill", new SecureRandom(), clock);
    this.drillBackup =
        new DrillBackup(
            dynamoDb,
            new Backups(bucket, ReceiptKey.of(env, config.receiptKeyArn())),
            bucket,
            new NewTables(dynamoDb, config.tableKeyArn()),
            new RestoreBackup(new RestoreExclusions(dynamoDb, config.erasures(), bucket)),
            new OpenSample(dynamoDb, config.identities(), keys),
            new FindOrphans(
                dynamoDb, config.identities(), config.customers(), config.readUnits(), pause),
            config.scratch(),
            clock);
  }

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    return service.run(
        context,
        () -> {
          boolean onlyWhatWasLeft = new Event(event, "continue").flag("continue");
          var longest = Duration.ofMillis(context.getRemainingTimeInMillis());
          return handle(onlyWhatWasLeft, longest);
        });
  }

  private Map<String, Object> handle(boolean onlyWhatWasLeft, Duration longest) {
    // Nearly every day. With the lease it would keep out a drill that begins now.
    if (onlyWhatWasLeft && lease.isFree() && !drillBackup.hasScratchTable()) {
      return Map.of("finished", true);
    }
    return lease
        .hold(
            longest,
            afterFailure ->
                onlyWhatWasLeft && !afterFailure
                    ? new Lease.Result<>(tidy(), false)
                    : new Lease.Result<>(drill(Deadline.in(longest.minus(RESERVE))), true))
        .orElseGet(DrillHandler::isBusy);
  }

  private static Map<String, Object> isBusy() {
    LOG.info("Another run is at it");
    return Map.of("finished", false, "busy", true);
  }

  private Map<String, Object> tidy() {
    drillBackup.dropScratchTable();
    return Map.of("finished", true);
  }

  private Map<String, Object> drill(Deadline deadline) {
    var report = drillBackup.run(deadline);
    (report.passed() ? Counter.DRILL_PASSED : Counter.DRILL_FAILED).increment();
    Counter.ORPHAN_FOUND.add(Math.clamp(report.orphans().count(), 0, Integer.MAX_VALUE));
    Counter.ORPHANS_NOT_COUNTED.add(report.orphans().complete() ? 0 : 1);
    LOG.info("Drill of backup {}, passed: {}", report.backup(), report.passed());
    return Map.of(
        "passed", report.passed(),
        "backup", report.backup(),
        "items", report.items(),
        "opened", report.opened(),
        "resurrected", report.resurrected(),
        "erasedAgain", report.erasedAgain(),
        "orphans", report.orphans().count(),
        "seconds", report.seconds(),
        "report", report.key() + ".json");
  }
}
