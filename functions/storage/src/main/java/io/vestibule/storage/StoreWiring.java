package io.vestibule.storage;

import static io.vestibule.store.Table.AUDIT;
import static io.vestibule.store.Table.CUSTOMERS;
import static io.vestibule.store.Table.DELIVERIES;
import static io.vestibule.store.Table.ENTRIES;
import static io.vestibule.store.Table.IDENTITIES;
import static io.vestibule.store.Table.MAIL_LIMITS;
import static io.vestibule.store.Table.SEALING_KEYS;
import static io.vestibule.store.Table.SUBMISSIONS;
import static io.vestibule.store.Table.SYSTEM_KEYS;

import io.vestibule.core.Env;
import io.vestibule.core.Service;
import io.vestibule.core.forms.Business;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.targets.Targets;
import io.vestibule.keys.CustomerKeys;
import io.vestibule.keys.EmailIndex;
import io.vestibule.keys.IdentityBinding;
import io.vestibule.keys.KeysetKey;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.keys.LinkTokens;
import io.vestibule.keys.LookupKey;
import io.vestibule.keys.RecordOwner;
import io.vestibule.keys.SubmissionOpener;
import io.vestibule.keys.SyntheticEntries;
import io.vestibule.keys.lookup.MakeLookups;
import io.vestibule.keys.lookup.Words;
import io.vestibule.store.AwsClients;
import io.vestibule.store.Table;
import io.vestibule.store.Tables;
import io.vestibule.store.audit.AuditLog;
import io.vestibule.store.delivery.Deliveries;
import io.vestibule.store.keys.BindingPass;
import io.vestibule.store.keys.SealingKeys;
import io.vestibule.store.keys.SystemKeys;
import io.vestibule.store.mail.ConfirmedMails;
import io.vestibule.store.people.CustomerRows;
import io.vestibule.store.people.CustomerTransaction;
import io.vestibule.store.people.Customers;
import io.vestibule.store.people.Entries;
import io.vestibule.store.people.ErasedAddresses;
import io.vestibule.store.people.Identities;
import io.vestibule.store.people.Lookups;
import io.vestibule.store.rows.DepartedRows;
import io.vestibule.store.rows.ExpiredSubmissions;
import io.vestibule.store.rows.Quarantine;
import io.vestibule.store.rows.VerifiedSubmissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What StoreFunction is made of, from its environment. */
final class StoreWiring {

  private record Config(
      Service service,
      Tables tables,
      Optional<String> lookups,
      Targets targets,
      String keysetKeyArn) {}

  private final Config config;
  private final Clock clock;
  private final DynamoDbClient dynamoDb;
  private final KeysetKey keysetKey;
  private final Forms forms = new Forms();

  StoreWiring(Env env, Clock clock) {
    this.config =
        env.read(
            from ->
                new Config(
                    Service.read(from),
                    Tables.read(
                        from,
                        SUBMISSIONS,
                        IDENTITIES,
                        CUSTOMERS,
                        ENTRIES,
                        DELIVERIES,
                        AUDIT,
                        MAIL_LIMITS,
                        SEALING_KEYS,
                        SYSTEM_KEYS),
                    Tables.readOptional(from, Table.LOOKUPS),
                    Targets.of(from),
                    from.text("KEYSET_KEY_ARN")));
    this.clock = clock;
    this.dynamoDb = AwsClients.dynamoDb(env);
    this.keysetKey = KeysetKey.of(env, config.keysetKeyArn());
  }

  Service service() {
    return config.service();
  }

  StoreCustomer storeCustomer() {
    var systemKeys = new SystemKeys(dynamoDb, name(SYSTEM_KEYS));
    var sealingKeys = new SealingKeys(dynamoDb, name(SEALING_KEYS));
    var submissions = new VerifiedSubmissions(dynamoDb, name(SUBMISSIONS), forms);
    var identities = new Identities(dynamoDb, name(IDENTITIES));
    var customers = new Customers(dynamoDb, name(CUSTOMERS));
    var customerKeys = new CustomerKeys(keysetKey);
    var emailIndex = new EmailIndex(systemKeys, keysetKey, clock);
    var entries = new Entries(dynamoDb, name(ENTRIES));
    var transaction =
        new CustomerTransaction(
            dynamoDb,
            submissions,
            identities,
            customers,
            entries,
            new ErasedAddresses(
                dynamoDb, name(MAIL_LIMITS), Optional.of(emailIndex::sealOfErasure)),
            new AuditLog(dynamoDb, name(AUDIT)));
    var binding =
        new IdentityBinding(
            systemKeys, new BindingPass(dynamoDb, name(SYSTEM_KEYS)), keysetKey, clock);
    var holders =
        new Holders(
            new KnownCustomers(
                new CustomerRows(dynamoDb, identities, customers),
                customerKeys,
                binding,
                new RecordOwner(emailIndex, forms)),
            customerKeys,
            binding,
            new SecureRandom());
    var outbox = new Outbox(config.targets(), new Deliveries(dynamoDb, name(DELIVERIES)));
    return new StoreCustomer(
        new LinkTokens(systemKeys, keysetKey, clock),
        new SubmissionOpener(sealingKeys, keysetKey, forms, clock),
        new MergeSubmission(
            emailIndex,
            holders,
            new SyntheticEntries(entries, forms),
            new Beside(outbox, config.lookups().map(it -> finding(it, systemKeys))),
            transaction,
            submissions,
            clock),
        new GiveBack(emailIndex, new ConfirmedMails(dynamoDb, name(MAIL_LIMITS))),
        submissions,
        forms,
        clock);
  }

  private Beside.Finding finding(String table, SystemKeys systemKeys) {
    var words = Words.of(Optional.ofNullable(Business.load().country()));
    return new Beside.Finding(
        new Lookups(dynamoDb, table),
        new MakeLookups(new LookupKey(systemKeys, keysetKey, clock), forms, words));
  }

  DepartedRows departed() {
    return new DepartedRows(new ExpiredSubmissions(dynamoDb, name(SUBMISSIONS)));
  }

  Quarantine quarantine() {
    return new Quarantine(dynamoDb, name(SUBMISSIONS), forms);
  }

  private String name(Table table) {
    return config.tables().name(table);
  }
}
