package io.vestibule.deletion;

import io.vestibule.core.Env;
import io.vestibule.keys.CustomerKeys;
import io.vestibule.keys.KeysetKey;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.store.AwsClients;
import io.vestibule.store.audit.AuditLog;
import io.vestibule.store.people.Customers;
import io.vestibule.store.people.DeletionTransactions;
import io.vestibule.store.people.Disclosures;
import io.vestibule.store.people.ErasedAddresses;
import io.vestibule.store.people.ErasedNumbers;
import io.vestibule.store.people.Identities;
import io.vestibule.store.rows.ConfirmedRequests;
import io.vestibule.store.rows.RowsByEmail;
import java.time.Clock;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/** What an erasure is made of, from the environment: whoever asks for it, the same. */
record ErasureParts(
    DynamoDbClient dynamoDb,
    KeysetKey keysetKey,
    Identities identities,
    Customers rows,
    KnownCustomers customers,
    AuditLog audit,
    RowsByEmail submissions,
    RowsByEmail requests,
    Disclosures disclosures,
    ConfirmedRequests confirmed,
    ErasedNumbers erasures,
    DeletionTransactions transactions,
    ErasureLedger ledger,
    EraseCustomer eraseCustomer) {

  /** What it reads, as part of what a function reads at once. */
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
      String keysetKeyArn) {

    static Config read(Env.Reader from) {
      return new Config(
          from.text("SUBMISSIONS_TABLE"),
          from.text("REQUESTS_TABLE"),
          from.text("IDENTITIES_TABLE"),
          from.text("CUSTOMERS_TABLE"),
          from.text("ERASURES_TABLE"),
          from.text("DISCLOSURES_TABLE"),
          from.text("AUDIT_TABLE"),
          from.text("MAIL_LIMITS_TABLE"),
          from.text("BACKUP_BUCKET"),
          from.text("KEYSET_KEY_ARN"));
    }
  }

  static ErasureParts of(Env env, Config config, Clock clock) {
    var dynamoDb = AwsClients.dynamoDb(env);
    var keysetKey = KeysetKey.of(env, config.keysetKeyArn());
    var identities = new Identities(dynamoDb, config.identities());
    var rows = new Customers(dynamoDb, config.customers());
    var customers = new KnownCustomers(identities, rows, new CustomerKeys(keysetKey));
    var audit = new AuditLog(dynamoDb, config.audit());
    var submissions = RowsByEmail.ofSubmissions(dynamoDb, config.submissions());
    var requests = RowsByEmail.ofRequests(dynamoDb, config.requests());
    var disclosures = new Disclosures(dynamoDb, config.disclosures());
    var confirmed = new ConfirmedRequests(dynamoDb, config.requests());
    var erasures = new ErasedNumbers(dynamoDb, config.erasures());
    var markers = new ErasedAddresses(dynamoDb, config.mailLimits());
    var transactions =
        new DeletionTransactions(dynamoDb, identities, rows, erasures, markers, audit);
    var s3 = AwsClients.configure(S3Client.builder(), env).build();
    var ledger = new ErasureLedger(s3, config.backupBucket());
    var sweepRows = new SweepRows(submissions, requests, disclosures, clock);
    var eraseCustomer =
        new EraseCustomer(customers, transactions, confirmed, ledger, sweepRows, clock);
    return new ErasureParts(
        dynamoDb,
        keysetKey,
        identities,
        rows,
        customers,
        audit,
        submissions,
        requests,
        disclosures,
        confirmed,
        erasures,
        transactions,
        ledger,
        eraseCustomer);
  }
}
