package io.vestibule.storage;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import io.vestibule.core.Counter;
import io.vestibule.core.Destination;
import io.vestibule.core.Env;
import io.vestibule.core.HeldReason;
import io.vestibule.core.OperatorCode;
import io.vestibule.core.Service;
import io.vestibule.core.Status;
import io.vestibule.core.forms.Forms;
import io.vestibule.keys.CustomerKeys;
import io.vestibule.keys.EmailIndex;
import io.vestibule.keys.KeysetKey;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.keys.LinkTokens;
import io.vestibule.keys.SubmissionOpener;
import io.vestibule.store.AwsClients;
import io.vestibule.store.StreamBatch;
import io.vestibule.store.StreamChange;
import io.vestibule.store.audit.AuditLog;
import io.vestibule.store.keys.SealingKeys;
import io.vestibule.store.keys.SystemKeys;
import io.vestibule.store.people.CustomerTransaction;
import io.vestibule.store.people.Customers;
import io.vestibule.store.people.ErasedAddresses;
import io.vestibule.store.people.Identities;
import io.vestibule.store.rows.DepartedRows;
import io.vestibule.store.rows.ExpiredSubmissions;
import io.vestibule.store.rows.Quarantine;
import io.vestibule.store.rows.SubmissionRow;
import io.vestibule.store.rows.VerifiedSubmissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Driven by the stream of the submissions table: stores each verified submission, and remembers
 * each that expired.
 */
public final class StoreHandler implements RequestHandler<DynamodbEvent, StreamsEventResponse> {

  private static final Logger LOG = LoggerFactory.getLogger(StoreHandler.class);

  private final Service service;
  private final StoreCustomer storeCustomer;
  private final DepartedRows departed;
  private final Quarantine quarantine;
  private final Clock clock;

  public StoreHandler() {
    this(Env.ofProcess(), Clock.systemUTC());
  }

  /** Wires the function from its environment. */
  public StoreHandler(Env env, Clock clock) {
    record Config(
        Service service,
        String submissions,
        String identities,
        String customers,
        String audit,
        String mailLimits,
        String sealingKeys,
        String systemKeys,
        String keysetKeyArn) {}
    var config =
        env.read(
            from ->
                new Config(
                    Service.read(from),
                    from.text("SUBMISSIONS_TABLE"),
                    from.text("IDENTITIES_TABLE"),
                    from.text("CUSTOMERS_TABLE"),
                    from.text("AUDIT_TABLE"),
                    from.text("MAIL_LIMITS_TABLE"),
                    from.text("SEALING_KEYS_TABLE"),
                    from.text("SYSTEM_KEYS_TABLE"),
                    from.text("KEYSET_KEY_ARN")));
    this.service = config.service();
    var dynamoDb = AwsClients.dynamoDb(env);
    var keysetKey = KeysetKey.of(env, config.keysetKeyArn());
    var systemKeys = new SystemKeys(dynamoDb, config.systemKeys());
    var forms = new Forms();
    var submissions = new VerifiedSubmissions(dynamoDb, config.submissions(), forms);
    var identities = new Identities(dynamoDb, config.identities());
    var customers = new Customers(dynamoDb, config.customers());
    var customerKeys = new CustomerKeys(keysetKey);
    this.clock = clock;
    this.departed = new DepartedRows(new ExpiredSubmissions(dynamoDb, config.submissions()));
    this.quarantine = new Quarantine(dynamoDb, config.submissions(), forms);
    this.storeCustomer =
        new StoreCustomer(
            new LinkTokens(systemKeys, keysetKey, clock),
            new SubmissionOpener(
                new SealingKeys(dynamoDb, config.sealingKeys()), keysetKey, forms, clock),
            new EmailIndex(systemKeys, keysetKey, clock),
            customerKeys,
            new KnownCustomers(identities, customers, customerKeys),
            submissions,
            new CustomerTransaction(
                dynamoDb,
                submissions,
                identities,
                customers,
                new ErasedAddresses(dynamoDb, config.mailLimits()),
                new AuditLog(dynamoDb, config.audit())),
            clock,
            new SecureRandom());
  }

  @Override
  public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
    return service.run(context, () -> StreamBatch.changesInOrder(event, this::handle));
  }

  private void handle(StreamChange change) {
    switch (change) {
      case StreamChange.Written(var item) -> written(item);
      case StreamChange.Expired(var before) -> departed.expired(before, clock.instant());
      case StreamChange.Removed(var before) -> departed.removed(before);
    }
  }

  private void written(Map<String, AttributeValue> item) {
    SubmissionRow.read(Destination.STORAGE, item)
        .ifPresentOrElse(
            row -> {
              if (row.status() == Status.VERIFIED) {
                store(row);
              }
            },
            () -> {
              LOG.error("A row that intake did not write", OperatorCode.ROW_FORGED.entry());
              Counter.SUBMISSION_FORGED.increment();
              quarantine.hold(item, Status.VERIFIED, HeldReason.FORGED, clock.instant());
            });
  }

  private void store(SubmissionRow row) {
    switch (storeCustomer.store(row)) {
      case StoreCustomer.Outcome.Created() -> {
        LOG.info("Stored as a new customer");
        Counter.CUSTOMER_CREATED.increment();
      }
      case StoreCustomer.Outcome.Merged() -> {
        LOG.info("Merged into a customer");
        Counter.CUSTOMER_MERGED.increment();
      }
      case StoreCustomer.Outcome.Superseded() -> LOG.info("Nothing to store any more");
      case StoreCustomer.Outcome.Erased() -> {
        LOG.info("Covered by an erasure");
        Counter.SUBMISSION_ERASED.increment();
      }
      case StoreCustomer.Outcome.Forged() -> {
        LOG.error("Confirmed without a proof", OperatorCode.PROOF_FORGED.entry());
        Counter.SUBMISSION_FORGED.increment();
      }
      case StoreCustomer.Outcome.Held(var reason) -> {
        LOG.error(
            "Confirmed, and cannot be stored: {}",
            reason.code(),
            OperatorCode.CONFIRMED_HELD.entry());
        Counter.CONFIRMED_HELD.increment();
      }
    }
  }
}
