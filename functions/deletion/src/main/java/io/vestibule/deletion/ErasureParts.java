package io.vestibule.deletion;

import io.vestibule.core.Env;
import io.vestibule.core.forms.Forms;
import io.vestibule.deletion.erase.EraseCustomer;
import io.vestibule.deletion.erase.ErasureLedger;
import io.vestibule.deletion.erase.PassedOn;
import io.vestibule.deletion.erase.SweepRows;
import io.vestibule.keys.CustomerKeys;
import io.vestibule.keys.EmailIndex;
import io.vestibule.keys.IdentityBinding;
import io.vestibule.keys.KeysetKey;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.keys.RecordOwner;
import io.vestibule.keys.SigningKey;
import io.vestibule.store.AwsClients;
import io.vestibule.store.Table;
import io.vestibule.store.Tables;
import io.vestibule.store.audit.AuditLog;
import io.vestibule.store.delivery.Deliveries;
import io.vestibule.store.keys.BindingPass;
import io.vestibule.store.keys.SystemKeys;
import io.vestibule.store.people.CustomerRows;
import io.vestibule.store.people.Customers;
import io.vestibule.store.people.DeletionTransactions;
import io.vestibule.store.people.Disclosures;
import io.vestibule.store.people.Entries;
import io.vestibule.store.people.ErasedAddresses;
import io.vestibule.store.people.ErasedNumbers;
import io.vestibule.store.people.Identities;
import io.vestibule.store.people.Lookups;
import io.vestibule.store.people.Notes;
import io.vestibule.store.people.Recipients;
import io.vestibule.store.rows.ConfirmedRequests;
import io.vestibule.store.rows.RowsByEmail;
import java.time.Clock;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/** What an erasure is made of, from the environment: whichever function erases, it is the same. */
final class ErasureParts {

  final DynamoDbClient dynamoDb;
  final KeysetKey keysetKey;
  final Forms forms = new Forms();
  final SystemKeys systemKeys;
  final Optional<EmailIndex> emailIndex;
  final AuditLog audit;
  final Identities identities;
  final Customers rows;
  final Entries entries;
  final Optional<Lookups> lookups;
  final KnownCustomers customers;
  final RowsByEmail submissions;
  final RowsByEmail requests;
  final ConfirmedRequests confirmed;
  final Disclosures disclosures;
  final ErasedNumbers erasedNumbers;
  final DeletionTransactions transactions;
  final SigningKey erasureKey;
  final ErasureLedger ledger;
  final Recipients recipients;
  final Notes notes;
  final Deliveries deliveries;
  final PassedOn passedOn;
  final SweepRows sweepRows;
  final EraseCustomer eraseCustomer;

  /** What it reads, as part of what a function reads at once. */
  static final class Settings {

    final Tables tables;
    final Optional<String> lookups;
    final String backupBucket;
    final String keysetKeyArn;
    final String ledgerKeyArn;

    Settings(Env.Reader from) {
      tables =
          Tables.read(
              from,
              Table.SUBMISSIONS,
              Table.REQUESTS,
              Table.IDENTITIES,
              Table.CUSTOMERS,
              Table.ENTRIES,
              Table.ERASURES,
              Table.RECIPIENTS,
              Table.NOTES,
              Table.DELIVERIES,
              Table.DISCLOSURES,
              Table.AUDIT,
              Table.MAIL_LIMITS,
              Table.SYSTEM_KEYS);
      lookups = Tables.readOptional(from, Table.LOOKUPS);
      backupBucket = from.text("BACKUP_BUCKET");
      keysetKeyArn = from.text("KEYSET_KEY_ARN");
      ledgerKeyArn = from.text("LEDGER_KEY_ARN");
    }
  }

  /**
   * Wires them.
   *
   * @param findsByAddress whether it finds customers by an address; who finds them by their numbers
   *     has no right to the key of addresses' hashes
   */
  ErasureParts(Env env, Settings settings, boolean findsByAddress, Clock clock) {
    var tables = settings.tables;
    dynamoDb = AwsClients.dynamoDb(env);
    keysetKey = KeysetKey.of(env, settings.keysetKeyArn);

    audit = new AuditLog(dynamoDb, tables.name(Table.AUDIT));
    identities = new Identities(dynamoDb, tables.name(Table.IDENTITIES));
    rows = new Customers(dynamoDb, tables.name(Table.CUSTOMERS));
    entries = new Entries(dynamoDb, tables.name(Table.ENTRIES));
    lookups = settings.lookups.map(table -> new Lookups(dynamoDb, table));
    var customerKeys = new CustomerKeys(keysetKey);
    systemKeys = new SystemKeys(dynamoDb, tables.name(Table.SYSTEM_KEYS));
    emailIndex =
        findsByAddress
            ? Optional.of(new EmailIndex(systemKeys, keysetKey, clock))
            : Optional.empty();
    var both = new CustomerRows(dynamoDb, identities, rows);
    var binding =
        new IdentityBinding(
            systemKeys,
            new BindingPass(dynamoDb, tables.name(Table.SYSTEM_KEYS)),
            keysetKey,
            clock);
    customers =
        emailIndex
            .map(index -> new RecordOwner(index, forms))
            .map(owner -> new KnownCustomers(both, customerKeys, binding, owner))
            .orElseGet(() -> new KnownCustomers(both, customerKeys, binding));

    submissions = RowsByEmail.ofSubmissions(dynamoDb, tables.name(Table.SUBMISSIONS));
    requests = RowsByEmail.ofRequests(dynamoDb, tables.name(Table.REQUESTS));
    confirmed = new ConfirmedRequests(dynamoDb, tables.name(Table.REQUESTS));
    disclosures = new Disclosures(dynamoDb, tables.name(Table.DISCLOSURES));

    erasedNumbers = new ErasedNumbers(dynamoDb, tables.name(Table.ERASURES));
    var erasedAddresses =
        new ErasedAddresses(
            dynamoDb,
            tables.name(Table.MAIL_LIMITS),
            emailIndex.map(index -> index::sealOfErasure));
    transactions =
        new DeletionTransactions(dynamoDb, identities, rows, erasedNumbers, erasedAddresses, audit);
    erasureKey = SigningKey.of(env, settings.ledgerKeyArn);
    ledger =
        new ErasureLedger(
            AwsClients.configure(S3Client.builder(), env).build(),
            settings.backupBucket,
            erasureKey);
    recipients = new Recipients(dynamoDb, identities, tables.name(Table.RECIPIENTS));
    deliveries = new Deliveries(dynamoDb, tables.name(Table.DELIVERIES));
    notes = new Notes(dynamoDb, identities, tables.name(Table.NOTES));
    passedOn = new PassedOn(recipients, deliveries);
    sweepRows =
        new SweepRows(
            submissions,
            requests,
            disclosures,
            new SweepRows.OfNumber(entries, notes, lookups, passedOn),
            clock);
    eraseCustomer =
        new EraseCustomer(
            customers, transactions, confirmed, erasedNumbers, ledger, sweepRows, clock);
  }
}
