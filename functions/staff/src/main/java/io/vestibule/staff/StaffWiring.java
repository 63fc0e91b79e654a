package io.vestibule.staff;

import io.vestibule.checkup.CheckKeys;
import io.vestibule.checkup.CheckLanes;
import io.vestibule.checkup.CheckRuns;
import io.vestibule.checkup.LastRuns;
import io.vestibule.core.Env;
import io.vestibule.core.Service;
import io.vestibule.core.forms.Business;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.wording.Wordings;
import io.vestibule.keys.CustomerKeys;
import io.vestibule.keys.CustomersByNumber;
import io.vestibule.keys.IdentityBinding;
import io.vestibule.keys.KeysetKey;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.keys.SessionSeal;
import io.vestibule.staff.entry.MoveEntry;
import io.vestibule.staff.entry.OpenEntry;
import io.vestibule.staff.operations.LaneStates;
import io.vestibule.staff.operations.OrderDelivery;
import io.vestibule.staff.page.StaffPages;
import io.vestibule.staff.roles.Roles;
import io.vestibule.staff.session.IdTokens;
import io.vestibule.staff.session.IssuerKeys;
import io.vestibule.staff.session.Sessions;
import io.vestibule.store.AwsClients;
import io.vestibule.store.Table;
import io.vestibule.store.Tables;
import io.vestibule.store.audit.StaffAudit;
import io.vestibule.store.delivery.Deliveries;
import io.vestibule.store.delivery.Lanes;
import io.vestibule.store.keys.BindingPass;
import io.vestibule.store.keys.SystemKeys;
import io.vestibule.store.people.CustomerRows;
import io.vestibule.store.people.Customers;
import io.vestibule.store.people.Entries;
import io.vestibule.store.people.Identities;
import io.vestibule.web.Languages;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;

/** What StaffFunction is made of, from its environment. */
record StaffWiring(Service service, BeginSession beginSession, StaffRoutes routes) {

  private record Config(
      Service service,
      Tables tables,
      String keysetKeyArn,
      String url,
      String issuer,
      String client,
      String rolesClaim,
      String backupBucket,
      String deliverFunction,
      List<String> keyArns,
      Duration auditKept) {

    static Config read(Env.Reader from) {
      return new Config(
          Service.read(from),
          Tables.read(
              from,
              Table.IDENTITIES,
              Table.CUSTOMERS,
              Table.ENTRIES,
              Table.AUDIT,
              Table.LANES,
              Table.DELIVERIES,
              Table.SYSTEM_KEYS),
          from.text("KEYSET_KEY_ARN"),
          from.text("STAFF_URL"),
          from.text("STAFF_ISSUER"),
          from.text("STAFF_CLIENT_ID"),
          from.text("STAFF_ROLES_CLAIM"),
          from.text("BACKUP_BUCKET"),
          from.text("DELIVER_FUNCTION"),
          Stream.of("KEYSET_KEY_ARN", "TABLE_KEY_ARN", "RECEIPT_KEY_ARN", "LEDGER_KEY_ARN")
              .map(from::text)
              .toList(),
          Duration.ofDays(from.count("STAFF_AUDIT_DAYS")));
    }
  }

  static StaffWiring of(Env env, Clock clock) {
    var config = env.read(Config::read);
    var tables = config.tables();
    var dynamoDb = AwsClients.dynamoDb(env);
    var keysetKey = KeysetKey.of(env, config.keysetKeyArn());
    var systemKeys = new SystemKeys(dynamoDb, tables.name(Table.SYSTEM_KEYS));
    var entries = new Entries(dynamoDb, tables.name(Table.ENTRIES));
    var audit = new StaffAudit(dynamoDb, tables.name(Table.AUDIT), config.auditKept());
    var forms = new Forms();
    var roles = Roles.load();
    var pages = new StaffPages(Business.load(), new Languages(new Wordings()));
    var sessions =
        new Sessions(
            new SessionSeal(systemKeys, keysetKey, clock),
            audit,
            config.issuer(),
            new SecureRandom(),
            clock);
    var identities = new Identities(dynamoDb, tables.name(Table.IDENTITIES));
    var customers =
        new CustomersByNumber(
            identities,
            new KnownCustomers(
                new CustomerRows(
                    dynamoDb, identities, new Customers(dynamoDb, tables.name(Table.CUSTOMERS))),
                new CustomerKeys(keysetKey),
                new IdentityBinding(
                    systemKeys,
                    new BindingPass(dynamoDb, tables.name(Table.SYSTEM_KEYS)),
                    keysetKey,
                    clock)));
    var idTokens =
        new IdTokens(
            config.issuer(),
            config.client(),
            config.rolesClaim(),
            new IssuerKeys(config.issuer()),
            clock);
    var lanes = new Lanes(dynamoDb, tables.name(Table.LANES));
    var states = new LaneStates(lanes, new Deliveries(dynamoDb, tables.name(Table.DELIVERIES)));
    var runs =
        new LastRuns(AwsClients.configure(S3Client.builder(), env).build(), config.backupBucket());
    return new StaffWiring(
        config.service(),
        new BeginSession(idTokens, roles, sessions, pages),
        new StaffRoutes(
            sessions,
            roles,
            pages,
            new Posts(config.url()),
            List.of(
                new Today(entries, new OperationsToday(states, runs), pages),
                new Lists(entries, audit, forms, pages, clock),
                new EntryPage(
                    new OpenEntry(forms, roles, entries, customers, audit, clock),
                    new MoveEntry(entries, audit, clock),
                    forms,
                    pages),
                new DeliveriesPage(
                    states,
                    new OrderDelivery(
                        AwsClients.configure(LambdaClient.builder(), env).build(),
                        config.deliverFunction(),
                        lanes,
                        audit,
                        clock),
                    pages),
                new OperationsPage(
                    new CheckRuns(runs),
                    new CheckKeys(
                        AwsClients.configure(KmsClient.builder(), env).build(), config.keyArns()),
                    new CheckLanes(lanes),
                    pages,
                    clock))));
  }
}
