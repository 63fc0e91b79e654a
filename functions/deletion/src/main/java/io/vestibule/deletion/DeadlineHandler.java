package io.vestibule.deletion;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.vestibule.core.Counter;
import io.vestibule.core.Env;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.forms.Retention;
import io.vestibule.keys.CustomerKeys;
import io.vestibule.keys.KeysetKey;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.store.AuditLog;
import io.vestibule.store.AwsClients;
import io.vestibule.store.ConfirmedRequests;
import io.vestibule.store.Customers;
import io.vestibule.store.CustomersByAge;
import io.vestibule.store.DeletionTransactions;
import io.vestibule.store.Disclosures;
import io.vestibule.store.DueRequests;
import io.vestibule.store.ErasedMarkers;
import io.vestibule.store.Erasures;
import io.vestibule.store.Identities;
import io.vestibule.store.RetentionNotice;
import io.vestibule.store.RowsByEmail;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/**
 * Driven by a schedule, once a day: whose request is due, which copies have expired, and who is to
 * be kept no longer.
 */
public final class DeadlineHandler
    implements RequestHandler<Map<String, String>, Map<String, Object>> {

  private static final Logger LOG = LoggerFactory.getLogger(DeadlineHandler.class);

  private final WatchDeadlines watchDeadlines;
  private final Disclosures disclosures;
  private final EndRetention endRetention;
  private final Clock clock;

  public DeadlineHandler() {
    this(Env.ofProcess(), Clock.systemUTC());
  }

  /** Wires the function from its environment. */
  public DeadlineHandler(Env env, Clock clock) {
    record Config(
        String submissions,
        String requests,
        String identities,
        String customers,
        String erasures,
        String disclosures,
        String audit,
        String mailLimits,
        String backupBucket,
        String keysetKeyArn,
        int noticeDays,
        int erasuresPerDay) {}
    var config =
        env.read(
            from ->
                new Config(
                    from.text("SUBMISSIONS_TABLE"),
                    from.text("REQUESTS_TABLE"),
                    from.text("IDENTITIES_TABLE"),
                    from.text("CUSTOMERS_TABLE"),
                    from.text("ERASURES_TABLE"),
                    from.text("DISCLOSURES_TABLE"),
                    from.text("AUDIT_TABLE"),
                    from.text("MAIL_LIMITS_TABLE"),
                    from.text("BACKUP_BUCKET"),
                    from.text("KEYSET_KEY_ARN"),
                    from.count("RETENTION_NOTICE_DAYS"),
                    from.count("RETENTION_ERASURES_PER_DAY")));
    var dynamoDb = AwsClients.dynamoDb(env);
    var identities = new Identities(dynamoDb, config.identities());
    var rows = new Customers(dynamoDb, config.customers());
    var keys = new CustomerKeys(KeysetKey.of(env, config.keysetKeyArn()));
    var customers = new KnownCustomers(identities, rows, keys);
    var submissions = RowsByEmail.ofSubmissions(dynamoDb, config.submissions());
    var requests = RowsByEmail.ofRequests(dynamoDb, config.requests());
    var s3 = AwsClients.configure(S3Client.builder(), env).build();
    this.clock = clock;
    this.disclosures = new Disclosures(dynamoDb, config.disclosures());
    this.watchDeadlines = new WatchDeadlines(new DueRequests(dynamoDb, config.requests()), clock);
    var eraseCustomer =
        new EraseCustomer(
            customers,
            new DeletionTransactions(
                dynamoDb,
                identities,
                rows,
                new Erasures(config.erasures()),
                new ErasedMarkers(dynamoDb, config.mailLimits()),
                new AuditLog(dynamoDb, config.audit())),
            new ConfirmedRequests(dynamoDb, config.requests()),
            new ErasureLedger(s3, config.backupBucket()),
            submissions,
            requests,
            disclosures,
            clock);
    this.endRetention =
        new EndRetention(
            new Retention(new Forms()),
            new CustomersByAge(dynamoDb, config.customers()),
            identities,
            customers,
            List.of(submissions, requests),
            eraseCustomer,
            new RetentionNotice(dynamoDb, config.mailLimits()),
            Duration.ofDays(config.noticeDays()),
            config.erasuresPerDay(),
            clock,
            new SecureRandom());
  }

  /**
   * Does everything once, and tells what came of it.
   *
   * @throws IllegalArgumentException if the event says anything
   */
  @Override
  public Map<String, Object> handleRequest(Map<String, String> event, Context context) {
    if (!event.isEmpty()) {
      throw new IllegalArgumentException("The event is not {}");
    }
    return PowertoolsLogging.withLogging(context, this::run);
  }

  private Map<String, Object> run() {
    var deadlines = watchDeadlines.run();
    Counter.REQUEST_HALF_DUE.add(deadlines.half());
    Counter.REQUEST_NEARLY_DUE.add(deadlines.nearly());
    Counter.REQUEST_OVERDUE.add(deadlines.overdue());
    int copies = disclosures.deleteExpired(clock.instant());
    var retention = endRetention.run();
    Counter.RETENTION_DUE.add(retention.due() - retention.erased());
    Counter.CUSTOMER_ERASED.add(retention.erased());
    LOG.info("Requests: {}; expired copies: {}; retention: {}", deadlines, copies, retention);
    return Map.of(
        "requests",
            Map.of(
                "young", deadlines.young(),
                "half", deadlines.half(),
                "nearly", deadlines.nearly(),
                "overdue", deadlines.overdue()),
        "expiredCopies", copies,
        "retention",
            Map.of(
                "due", retention.due(),
                "erased", retention.erased(),
                "from", retention.erasedFrom().map(Object::toString).orElse("")));
  }
}
