package io.vestibule.deletion;

import io.vestibule.core.Env;
import io.vestibule.core.Law;
import io.vestibule.core.forms.Business;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.wording.Wordings;
import io.vestibule.keys.CustomerKeys;
import io.vestibule.keys.EmailIndex;
import io.vestibule.keys.KeysetKey;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.keys.LinkTokens;
import io.vestibule.keys.ReceiptKey;
import io.vestibule.keys.SubmissionOpener;
import io.vestibule.store.AuditLog;
import io.vestibule.store.AwsClients;
import io.vestibule.store.ConfirmedRequests;
import io.vestibule.store.Customers;
import io.vestibule.store.DeletionTransactions;
import io.vestibule.store.DepartedRows;
import io.vestibule.store.Disclosures;
import io.vestibule.store.ErasedMarkers;
import io.vestibule.store.Erasures;
import io.vestibule.store.ExpiredSubmissions;
import io.vestibule.store.Identities;
import io.vestibule.store.Quarantine;
import io.vestibule.store.RowsByEmail;
import io.vestibule.store.SealingKeys;
import io.vestibule.store.SystemKeys;
import io.vestibule.store.VerifiedSubmissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/** What the functions of this module are made of, from their environment. */
final class Wiring {

  /**
   * A copy lives for as many days, but from when it was made, which may take hours, in each of two
   * Regions; and AWS Backup deletes within some hours after.
   */
  private static final Duration COPIES_LAST_LONGER = Duration.ofDays(2);

  private record Config(
      String submissions,
      String requests,
      String identities,
      String customers,
      String erasures,
      String disclosures,
      String audit,
      String mailLimits,
      String sealingKeys,
      String systemKeys,
      String backupBucket,
      String keysetKeyArn,
      String receiptKeyArn,
      int identityRecoveryDays,
      Optional<String> identityVault,
      Law law) {}

  private final Config config;
  private final Forms forms = new Forms();
  private final Clock clock;
  private final DynamoDbClient dynamoDb;
  private final KeysetKey keysetKey;
  private final SystemKeys systemKeys;
  private final EmailIndex emailIndex;
  private final LinkTokens linkTokens;
  private final Identities identities;
  private final Customers customerRows;
  private final KnownCustomers customers;
  private final AuditLog audit;
  private final RowsByEmail submissions;
  private final RowsByEmail requests;
  private final Disclosures disclosures;
  private final ConfirmedRequests confirmed;
  private final DeletionTransactions transactions;
  private final ErasureLedger ledger;
  private final SignedReceipts signed;
  private final Receipts receipts;

  Wiring(Env env, Clock clock) {
    this.config =
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
                    from.text("SEALING_KEYS_TABLE"),
                    from.text("SYSTEM_KEYS_TABLE"),
                    from.text("BACKUP_BUCKET"),
                    from.text("KEYSET_KEY_ARN"),
                    from.text("RECEIPT_KEY_ARN"),
                    from.count("IDENTITY_RECOVERY_DAYS"),
                    from.optional("IDENTITY_VAULT"),
                    from.oneOf("LAW", Law.class)));
    this.clock = clock;
    this.dynamoDb = AwsClients.dynamoDb(env);
    this.keysetKey = KeysetKey.of(env, config.keysetKeyArn());
    this.systemKeys = new SystemKeys(dynamoDb, config.systemKeys());
    this.emailIndex = new EmailIndex(systemKeys, keysetKey, clock);
    this.linkTokens = new LinkTokens(systemKeys, keysetKey, clock);
    this.identities = new Identities(dynamoDb, config.identities());
    this.customerRows = new Customers(dynamoDb, config.customers());
    this.customers = new KnownCustomers(identities, customerRows, new CustomerKeys(keysetKey));
    this.audit = new AuditLog(dynamoDb, config.audit());
    this.submissions = RowsByEmail.ofSubmissions(dynamoDb, config.submissions());
    this.requests = RowsByEmail.ofRequests(dynamoDb, config.requests());
    this.disclosures = new Disclosures(dynamoDb, config.disclosures());
    this.confirmed = new ConfirmedRequests(dynamoDb, config.requests());
    this.transactions =
        new DeletionTransactions(
            dynamoDb,
            identities,
            customerRows,
            new Erasures(config.erasures()),
            new ErasedMarkers(dynamoDb, config.mailLimits()),
            audit);
    this.ledger =
        new ErasureLedger(
            AwsClients.configure(S3Client.builder(), env).build(), config.backupBucket());
    this.signed = new SignedReceipts(confirmed, ReceiptKey.of(env, config.receiptKeyArn()));
    this.receipts =
        new Receipts(
            Rights.under(config.law()),
            Optional.ofNullable(Business.load().complaints()),
            keyRecoverable());
  }

  /** The table itself, and the copies of AWS Backup if there are any. */
  private Duration keyRecoverable() {
    var table = Duration.ofDays(config.identityRecoveryDays());
    return config.identityVault().isPresent() ? table.plus(COPIES_LAST_LONGER) : table;
  }

  EraseCustomer eraseCustomer() {
    return new EraseCustomer(
        customers, transactions, confirmed, ledger, submissions, requests, disclosures, clock);
  }

  AnswerRequest answerRequest() {
    return new AnswerRequest(
        linkTokens,
        new SubmissionOpener(
            new SealingKeys(dynamoDb, config.sealingKeys()), keysetKey, forms, clock),
        emailIndex,
        new VerifiedSubmissions(dynamoDb, config.requests(), forms),
        new AnswerErasure(eraseCustomer(), transactions, confirmed, receipts, signed, clock),
        new AnswerAccess(
            customers,
            new CopyOfData(submissions, requests, audit, new Wordings()),
            linkTokens,
            disclosures,
            confirmed,
            transactions,
            clock,
            new SecureRandom()),
        new AnswerWithdrawal(customers, transactions, receipts, signed, clock),
        clock);
  }

  LegalHolds legalHolds() {
    return new LegalHolds(identities, emailIndex, customers, transactions, clock);
  }

  ForgetOrphan forgetOrphan() {
    return new ForgetOrphan(identities, customerRows, transactions, ledger, clock);
  }

  DepartedRows departed() {
    return new DepartedRows(new ExpiredSubmissions(dynamoDb, config.requests()));
  }

  Quarantine quarantine() {
    return new Quarantine(dynamoDb, config.requests(), forms);
  }
}
