package io.vestibule.staff;

import io.vestibule.checkup.Alarms;
import io.vestibule.checkup.CheckKeys;
import io.vestibule.checkup.CheckLanes;
import io.vestibule.checkup.CheckRuns;
import io.vestibule.checkup.DrillReports;
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
import io.vestibule.keys.KnownNotes;
import io.vestibule.keys.LookupKey;
import io.vestibule.keys.SessionSeal;
import io.vestibule.keys.SubmissionOpener;
import io.vestibule.keys.lookup.Words;
import io.vestibule.staff.customer.AddNote;
import io.vestibule.staff.customer.AskFor;
import io.vestibule.staff.customer.Dealings;
import io.vestibule.staff.customer.OpenCustomer;
import io.vestibule.staff.customer.OrderHold;
import io.vestibule.staff.entry.LookLimit;
import io.vestibule.staff.entry.MoveEntry;
import io.vestibule.staff.entry.OpenEntry;
import io.vestibule.staff.entry.OpenHeld;
import io.vestibule.staff.held.ConfirmSecond;
import io.vestibule.staff.held.DecideHeld;
import io.vestibule.staff.held.HeldOrders;
import io.vestibule.staff.held.WhyNoMail;
import io.vestibule.staff.list.Cards;
import io.vestibule.staff.list.Find;
import io.vestibule.staff.list.Inbox;
import io.vestibule.staff.list.MoveSeveral;
import io.vestibule.staff.operations.DayBooks;
import io.vestibule.staff.operations.KeyAges;
import io.vestibule.staff.operations.LaneStates;
import io.vestibule.staff.operations.OrderDelivery;
import io.vestibule.staff.operations.SeenFromInside;
import io.vestibule.staff.orders.Orders;
import io.vestibule.staff.page.CustomerWords;
import io.vestibule.staff.page.StaffPages;
import io.vestibule.staff.roles.Roles;
import io.vestibule.staff.session.IdTokens;
import io.vestibule.staff.session.IssuerKeys;
import io.vestibule.staff.session.Sessions;
import io.vestibule.store.AwsAccess;
import io.vestibule.store.AwsClients;
import io.vestibule.store.Table;
import io.vestibule.store.Tables;
import io.vestibule.store.TimeLimits;
import io.vestibule.store.audit.StaffAudit;
import io.vestibule.store.audit.StaffLooks;
import io.vestibule.store.delivery.Deliveries;
import io.vestibule.store.delivery.Lanes;
import io.vestibule.store.keys.BindingPass;
import io.vestibule.store.keys.SealingKeys;
import io.vestibule.store.keys.SystemKeys;
import io.vestibule.store.people.CustomerRows;
import io.vestibule.store.people.Customers;
import io.vestibule.store.people.Entries;
import io.vestibule.store.people.Identities;
import io.vestibule.store.people.Lookups;
import io.vestibule.store.people.Notes;
import io.vestibule.store.people.Recipients;
import io.vestibule.store.rows.AskedRequests;
import io.vestibule.store.rows.RequestRecords;
import io.vestibule.store.rows.RowsForStaff;
import io.vestibule.web.Languages;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * What StaffFunction is made of, from its environment: what all pages share, and the sections one
 * by one.
 */
final class StaffWiring {

  /** A page waits for CloudWatch, which is asked for one list or two. */
  private static final Duration ALARMS = Duration.ofSeconds(5);

  private static final Duration ISSUER_ANSWERS = Duration.ofSeconds(5);

  final Service service;
  final BeginSession beginSession;
  final StaffRoutes routes;

  private final Env env;
  private final Clock clock;
  private final StaffSettings settings;
  private final Tables tables;
  private final DynamoDbClient dynamoDb;
  private final KeysetKey keysetKey;
  private final SystemKeys systemKeys;
  private final LambdaClient orders;
  private final Identities identities;
  private final Entries entries;
  private final StaffAudit audit;
  private final Forms forms = new Forms();
  private final Roles roles = Roles.load();
  private final Business business = Business.load();
  private final StaffPages pages = new StaffPages(business, new Languages(new Wordings()));
  private final LookLimit limit;

  StaffWiring(Env env, Clock clock) {
    this.env = env;
    this.clock = clock;
    settings = env.read(StaffSettings::read);
    service = settings.service();
    tables = settings.tables();
    dynamoDb = AwsClients.dynamoDb(env);
    keysetKey = KeysetKey.of(env, settings.keysetKeyArn());
    systemKeys = new SystemKeys(dynamoDb, tables.name(Table.SYSTEM_KEYS));
    orders = Orders.client(env);
    identities = new Identities(dynamoDb, tables.name(Table.IDENTITIES));
    entries = new Entries(dynamoDb, tables.name(Table.ENTRIES));
    audit =
        new StaffAudit(
            dynamoDb, tables.name(Table.AUDIT), settings.auditKept(), roles.namesInCopies());
    limit = new LookLimit(roles.opensPerDay(), audit, clock);
    var sessions =
        new Sessions(
            new SessionSeal(systemKeys, keysetKey, clock),
            audit,
            settings.issuer(),
            new SecureRandom(),
            clock);
    beginSession = new BeginSession(idTokens(), roles, sessions, pages);
    routes = new StaffRoutes(sessions, roles, pages, new Posts(settings.url()), sections());
  }

  private IdTokens idTokens() {
    return new IdTokens(
        settings.issuer(),
        settings.client(),
        settings.rolesClaim(),
        new IssuerKeys(settings.issuer(), TimeLimits.of(env).limit(ISSUER_ANSWERS)),
        clock);
  }

  private List<Section> sections() {
    var held = new HeldOrders(new Orders(orders, settings.reconcileFunction()));
    var requests =
        new RequestsPage(
            new AskedRequests(dynamoDb, tables.name(Table.REQUESTS)),
            new RequestRecords(dynamoDb, tables.name(Table.AUDIT)),
            audit,
            pages,
            clock);
    var lanes = new Lanes(dynamoDb, tables.name(Table.LANES));
    var states = new LaneStates(lanes, new Deliveries(dynamoDb, tables.name(Table.DELIVERIES)));
    var s3 = AwsClients.configure(S3Client.builder(), env).build();
    var runs = new LastRuns(s3, settings.backupBucket());
    var customers = customers();
    var lookups = new Lookups(dynamoDb, tables.name(Table.LOOKUPS));
    var tallies =
        List.of(
            new TakenTally(lookups),
            new HeldTally(held),
            requests,
            new OperationsToday(states, runs));
    return Stream.of(
            List.of(new Today(entries, tallies, pages)),
            messages(lookups, customers),
            List.of(customer(customers)),
            held(held),
            List.of(requests),
            operations(lanes, states, s3, runs))
        .<Section>flatMap(List::stream)
        .toList();
  }

  private List<Section> messages(Lookups lookups, CustomersByNumber customers) {
    var lookupKey = new LookupKey(systemKeys, keysetKey, clock);
    var cards = new Cards(lookups, lookupKey, forms);
    var words = Words.of(Optional.ofNullable(business.country()));
    var moveEntry = new MoveEntry(entries, lookups, roles, audit, clock);
    return List.of(
        new Lists(
            new Inbox(entries, lookups, cards, business.timeZone()),
            new MoveSeveral(moveEntry),
            audit,
            forms,
            pages,
            clock),
        new Search(new Find(lookups, lookupKey, cards, words), audit, forms, pages, clock),
        new CustomersList(entries, lookups, cards, audit, forms, pages, clock),
        new EntryPage(
            new OpenEntry(forms, limit, entries, customers, audit, clock),
            moveEntry,
            forms,
            pages));
  }

  private Section customer(CustomersByNumber customers) {
    var notes = new Notes(dynamoDb, identities, tables.name(Table.NOTES));
    var dealings =
        new Dealings(
            new Recipients(dynamoDb, identities, tables.name(Table.RECIPIENTS)),
            new StaffLooks(dynamoDb, tables.name(Table.AUDIT)),
            new KnownNotes(notes));
    var holds = new Orders(orders, settings.deletionFunction());
    return new CustomerPage(
        new OpenCustomer(forms, entries, customers, dealings, limit, audit, clock),
        new CustomerDeeds(
            new OrderHold(holds, customers, audit, clock),
            new AddNote(notes, customers, limit, audit, clock),
            new AskFor(holds, customers, limit, audit, roles.needsSecond(), clock),
            pages,
            new SecureRandom()),
        new CustomerWords(forms),
        pages);
  }

  private CustomersByNumber customers() {
    return new CustomersByNumber(
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
  }

  private List<Section> held(HeldOrders held) {
    var rows =
        new RowsForStaff(dynamoDb, tables.name(Table.SUBMISSIONS), tables.name(Table.REQUESTS));
    var decisions = new HeldDecisions(new DecideHeld(held, rows, audit, clock), pages);
    var opener = new SubmissionOpener(sealingKeys(), keysetKey, forms, clock);
    var byAddress = new Orders(orders, settings.deletionFunction());
    return List.of(
        new NoMailPage(new WhyNoMail(byAddress, rows), limit, audit, forms, pages, clock),
        new HeldList(held, decisions, audit, forms, pages, clock),
        new HeldRow(
            new OpenHeld(forms, limit, rows, opener, audit, clock),
            decisions,
            new ConfirmSecond(
                byAddress, audit, new StaffLooks(dynamoDb, tables.name(Table.AUDIT)), clock),
            forms,
            pages));
  }

  private SealingKeys sealingKeys() {
    return new SealingKeys(dynamoDb, tables.name(Table.SEALING_KEYS));
  }

  private List<Section> operations(Lanes lanes, LaneStates states, S3Client s3, LastRuns runs) {
    var delivery = new Orders(orders, settings.deliverFunction());
    var kms = AwsClients.configure(KmsClient.builder(), env).build();
    var books = new DayBooks(new Orders(orders, settings.reconcileFunction()));
    return List.of(
        new BooksPage(books, audit, forms, pages, clock),
        new DeliveriesPage(states, new OrderDelivery(delivery, lanes, audit, clock), pages),
        new OperationsPage(
            new SeenFromInside(
                new CheckRuns(runs),
                new CheckKeys(kms, settings.keyArns()),
                new CheckLanes(lanes),
                new Alarms(AwsAccess.of(env), settings.stack(), TimeLimits.of(env).limit(ALARMS))),
            new DrillReports(s3, settings.backupBucket(), runs),
            new KeyAges(sealingKeys(), systemKeys),
            pages,
            clock));
  }
}
