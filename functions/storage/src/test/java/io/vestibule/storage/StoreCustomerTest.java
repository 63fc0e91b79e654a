package io.vestibule.storage;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.TextNode;
import io.vestibule.core.CustomerRecord;
import io.vestibule.core.EmailAddress;
import io.vestibule.core.EntryId;
import io.vestibule.core.EntryNumber;
import io.vestibule.core.EntryRecord;
import io.vestibule.core.HeldReason;
import io.vestibule.core.Timestamp;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.targets.Targets;
import io.vestibule.keys.ChangedForms;
import io.vestibule.keys.CustomerKeys;
import io.vestibule.keys.Installation;
import io.vestibule.keys.KnownCustomer;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.keys.SyntheticEntries;
import io.vestibule.local.aws.MovableClock;
import io.vestibule.local.gateway.CallLog;
import io.vestibule.store.AwsClients;
import io.vestibule.store.Table;
import io.vestibule.store.audit.AuditLog;
import io.vestibule.store.delivery.Deliveries;
import io.vestibule.store.mail.ConfirmedMails;
import io.vestibule.store.people.CustomerRows;
import io.vestibule.store.people.CustomerTransaction;
import io.vestibule.store.people.Customers;
import io.vestibule.store.people.Customers.CustomerRow;
import io.vestibule.store.people.Entries;
import io.vestibule.store.people.ErasedAddresses;
import io.vestibule.store.people.Identities;
import io.vestibule.store.rows.SubmissionRow;
import io.vestibule.store.rows.VerifiedSubmissions;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** What comes of a submission that says that it was confirmed, with the role of storage. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoreCustomerTest {

  private static final String STORE = "StoreFunction";

  private final MovableClock clock = MovableClock.fromNoonTomorrow();
  private Targets targets = new Targets(Optional.empty(), Optional.empty());
  private Forms forms = new Forms();
  private Installation installation;
  private DynamoDbClient dynamoDb;
  private int people;

  @AfterEach
  void forget() {
    forms = new Forms();
  }

  @BeforeAll
  void open() throws IOException {
    clock.stop();
    installation = Installation.open(clock);
    dynamoDb = installation.dynamoDb(STORE);
  }

  @AfterAll
  void close() throws IOException {
    dynamoDb.close();
    installation.close();
  }

  @Test
  void theFirstSubmissionOfAnAddressMakesACustomerAndTheNextIsMerged() throws Exception {
    String email = somebody();
    var first = confirmed(email);
    var second = confirmed(email);

    assertThat(store().store(first)).isEqualTo(new Storing.Created());
    assertThat(store().store(second)).isEqualTo(new Storing.Merged());

    assertThat(customer(email).row().version()).isEqualTo(2);
    assertThat(customer(email).record().fields()).containsKeys("email", "name", "message");
    assertThat(installation.text(first.id(), "status")).isEqualTo("DONE");
    assertThat(installation.item(first.id())).doesNotContainKeys("sealed", "proof");
  }

  @Test
  void whatWasStoredBeforeIsStoredOnce() throws Exception {
    String email = somebody();
    var row = confirmed(email);
    store().store(row);

    assertThat(store().store(row)).isEqualTo(new Storing.Superseded());
    assertThat(customer(email).row().version()).isEqualTo(1);
  }

  @Test
  void eachSubmissionIsAnEntryOfItsOwnAndTheNextLeavesIt() throws Exception {
    String email = somebody();
    var first = confirmed(email);
    var second =
        press(
            installation.submit("contact", Installation.contact(email).put("message", "More")),
            clock.instant());

    store().store(first);
    store().store(second);

    var customer = customer(email);
    assertThat(requireNonNull(customer.record().fields().get("message")).value().asText())
        .isEqualTo("More");
    assertThat(opened(customer, first).fields().path("message").asText()).isEqualTo("Hi");
    assertThat(opened(customer, second).fields().path("message").asText()).isEqualTo("More");
    var item = entry(customer, first);
    assertThat(item)
        .containsEntry("number", AttributeValue.fromS(EntryNumber.of(first.id()).value()))
        .containsEntry("state", AttributeValue.fromS("new"));
  }

  @Test
  void whoIsToldCostsNoCallAndWithoutTargetsNothingWaits() {
    var nobody = calls(store(), confirmed(somebody()));
    assertThat(outbox()).isEmpty();

    targets = new Targets(EmailAddress.parse("owner@business.example"), Optional.empty());
    var row = confirmed(somebody());
    var staff = calls(store(), row);
    targets = new Targets(Optional.empty(), Optional.empty());

    assertThat(staff).isEqualTo(nobody);
    assertThat(outbox())
        .singleElement()
        .satisfies(
            it ->
                assertThat(it)
                    .containsEntry("target", AttributeValue.fromS("staff"))
                    .containsEntry("id", AttributeValue.fromS("entry#" + idOfEntry(row)))
                    .containsEntry("attempts", AttributeValue.fromN("0")));
  }

  private List<String> calls(StoreCustomer store, SubmissionRow row) {
    try (var calls = installation.account().calls().record()) {
      assertThat(store.store(row)).isEqualTo(new Storing.Created());
      return calls.of(STORE).stream().map(CallLog.Call::operation).toList();
    }
  }

  private List<Map<String, AttributeValue>> outbox() {
    return installation
        .account()
        .operator()
        .dynamoDb()
        .scan(scan -> scan.tableName(installation.name(Table.DELIVERIES)))
        .items();
  }

  @Test
  void aRowThatComesBackAfterItWasStoredIsHeldAndItsEntryStays() throws Exception {
    String email = somebody();
    var row = confirmed(email);
    var before = installation.item(row.id());
    store().store(row);
    var stored = entry(customer(email), row);
    installation.put(Table.SUBMISSIONS, before);

    assertThat(store().store(row)).isEqualTo(new Storing.Held(HeldReason.FORGED));

    assertThat(entry(customer(email), row)).isEqualTo(stored);
    assertThat(customer(email).row().version()).isEqualTo(1);
    assertThat(installation.item(row.id())).containsKeys("sealed", "proof");
  }

  @Test
  void whatAnErasureCoversIsEmptiedAndNotStored() throws Exception {
    String email = somebody();
    var row = confirmed(email);
    installation.put(
        Table.MAIL_LIMITS,
        Map.of(
            "key", AttributeValue.fromS("erased#" + index(email)),
            "erasedAt", AttributeValue.fromS(Timestamp.of(clock.instant())),
            "seal",
                AttributeValue.fromS(
                    installation
                        .emailIndex(STORE)
                        .sealOfErasure(index(email), Timestamp.of(clock.instant())))));

    assertThat(store().store(row)).isEqualTo(new Storing.Erased());
    assertThat(installation.text(row.id(), "status")).isEqualTo("ERASED");
    assertThat(known().find(index(email))).isEmpty();
  }

  /** An attack: with PutItem on mail-limits, what somebody confirmed used to vanish as ERASED. */
  @Test
  void aMarkerThatNoErasureOfOursHasMadeLetsNothingVanish() {
    String email = somebody();
    var row = confirmed(email);
    installation.put(
        Table.MAIL_LIMITS,
        Map.of(
            "key", AttributeValue.fromS("erased#" + index(email)),
            "erasedAt", AttributeValue.fromS("for ever"),
            "seal", AttributeValue.fromS("A".repeat(43))));

    assertThat(store().store(row)).isEqualTo(new Storing.Held(HeldReason.FORGED));
    assertThat(installation.item(row.id())).containsKey("sealed");
  }

  @Test
  void whatNobodyConfirmedIsForged() {
    var row = installation.submit("contact", Installation.contact(somebody()));
    var claims = with(row, new byte[32], clock.instant());
    var other =
        with(row, installation.linkTokens(STORE).mailed(row).proof(row.id(), 2), clock.instant());

    assertThat(store().store(claims)).isEqualTo(new Storing.Forged());
    assertThat(store().store(other)).isEqualTo(new Storing.Forged());
    assertThat(store().store(row)).as("without any proof").isEqualTo(new Storing.Forged());
    assertThat(installation.text(row.id(), "reason")).isEqualTo("forged");
  }

  @Test
  void whatWasHandedInBeforeItsFormWasTightenedIsStoredAsIfItHadNotBeen() throws Exception {
    String email = somebody();
    var row = confirmed(email);
    forms = ChangedForms.published(ChangedForms.longest("name", 2));

    assertThat(store().store(row)).isEqualTo(new Storing.Created());

    var customer = customer(email);
    assertThat(customer.record().tags()).containsExactly("lead");
    assertThat(opened(customer, row).flags()).isEmpty();
    assertThat(entry(customer, row)).containsEntry("formVersion", versionOfContact());
  }

  @Test
  void whatWasHandedInBeforeItsFormWasClosedIsStored() {
    var row = confirmed(somebody());
    forms = ChangedForms.published(form -> form.put("closed", true));

    assertThat(store().store(row)).isEqualTo(new Storing.Created());
  }

  @Test
  void whatWasHandedInByAFieldThatHasAnotherNameNowIsStoredUnderTheNameThatItHad()
      throws Exception {
    String email = somebody();
    var row = confirmed(email);
    forms = ChangedForms.published(ChangedForms.renamed("email", "mail"));

    assertThat(store().store(row)).isEqualTo(new Storing.Created());

    assertThat(opened(customer(email), row).fields().path("email").asText()).isEqualTo(email);
  }

  @Test
  void whatALaterVersionHasCheckedIsStoredAndMarkedForPeopleToLookAt() throws Exception {
    String email = somebody();
    var row = confirmed(email);
    forms = ChangedForms.alone(ChangedForms.renamed("email", "mail"));

    assertThat(store().store(row)).isEqualTo(new Storing.Created());

    var customer = customer(email);
    assertThat(customer.record().tags()).containsExactly("lead", "older-form");
    assertThat(opened(customer, row).flags()).containsExactly("older-form");
    assertThat(entry(customer, row)).containsEntry("formVersion", versionOfContact());
  }

  private static AttributeValue versionOfContact() {
    return AttributeValue.fromS(new Forms().find("contact").orElseThrow().version());
  }

  @Test
  void whatWasConfirmedAndDoesNotOpenIsHeldWithItsProof() {
    var row = press(installation.submitSealed("contact", new byte[] {1}), clock.instant());

    assertThat(store().store(row)).isEqualTo(new Storing.Held(HeldReason.UNREADABLE));
    assertThat(installation.item(row.id())).containsKey("proof");
  }

  @Test
  void whatCannotJoinACustomerWhoseRecordSomebodyElseWroteIsHeldAsForged() throws Exception {
    String email = somebody();
    store().store(confirmed(email));
    var customer = customer(email);
    installation.put(Table.CUSTOMERS, item(customer.row(), new byte[] {1}));

    assertThat(store().store(confirmed(email))).isEqualTo(new Storing.Held(HeldReason.FORGED));
  }

  @Test
  void whatMakesACustomerTooLargeIsHeld() throws Exception {
    String email = somebody();
    store().store(confirmed(email));
    var customer = customer(email);
    var large = customer.next(with("x".repeat(256 * 1024), customer.record())).row();
    installation.put(Table.CUSTOMERS, item(large, large.ciphertext()));

    assertThat(store().store(confirmed(email))).isEqualTo(new Storing.Held(HeldReason.TOO_LARGE));
    assertThat(customer(email).row().version()).isEqualTo(2);
  }

  @Test
  void whoeverOthersGetInTheWayOfStartsOverFourTimesAndThenFails() {
    var row = confirmed(somebody());
    try (var four = conflicting(4);
        var five = conflicting(5)) {
      assertThatExceptionOfType(StoreCustomer.Contended.class)
          .isThrownBy(() -> store(five).store(row));
      assertThat(store(four).store(row)).isEqualTo(new Storing.Created());
    }
  }

  @Test
  void theTimeOfThePressIsBelievedOnlyBetweenArrivalAndNow() throws Exception {
    String email = somebody();
    var row = installation.submit("contact", Installation.contact(email));
    var arrival = clock.instant();
    clock.advance(Duration.ofHours(1));

    store().store(press(row, arrival.minusSeconds(1)));
    assertThat(customer(email).row().verifiedAt()).isEqualTo(clock.instant());

    var next = installation.submit("contact", Installation.contact(email));
    store().store(press(next, clock.instant().plusSeconds(1)));
    assertThat(customer(email).row().verifiedAt()).isEqualTo(clock.instant());
  }

  @Test
  void aPressThatIsOlderThanWhatIsKnownChangesNothing() throws Exception {
    String email = somebody();
    var early = installation.submit("contact", Installation.contact(email));
    var pressed = clock.instant().plusSeconds(1);
    clock.advance(Duration.ofHours(1));
    var late = installation.submit("contact", Installation.contact(email));
    store().store(press(late, clock.instant()));
    store().store(press(early, pressed));

    assertThat(customer(email).row().verifiedAt()).isEqualTo(clock.instant());
  }

  private Map<String, AttributeValue> entry(KnownCustomer customer, SubmissionRow row) {
    var key =
        Map.of(
            "customerId", AttributeValue.fromS(customer.customerId()),
            "entryId", AttributeValue.fromS(idOfEntry(row).value()));
    return installation
        .account()
        .operator()
        .dynamoDb()
        .getItem(get -> get.tableName(installation.name(Table.ENTRIES)).key(key))
        .item();
  }

  /** The clock stands still: intake took it in when it was written down. */
  private static EntryId idOfEntry(SubmissionRow row) {
    return EntryId.of(row.createdAt(), row.id());
  }

  private EntryRecord opened(KnownCustomer customer, SubmissionRow row) throws Exception {
    return customer.cipher().decrypt(Entries.row(entry(customer, row)));
  }

  private StoreCustomer store() {
    return store(dynamoDb);
  }

  private StoreCustomer store(DynamoDbClient client) {
    var submissions =
        new VerifiedSubmissions(client, installation.name(Table.SUBMISSIONS), new Forms());
    var identities = new Identities(client, installation.name(Table.IDENTITIES));
    var customers = new Customers(client, installation.name(Table.CUSTOMERS));
    var entries = new Entries(client, installation.name(Table.ENTRIES));
    var transaction =
        new CustomerTransaction(
            client,
            submissions,
            identities,
            customers,
            entries,
            new ErasedAddresses(
                client,
                installation.name(Table.MAIL_LIMITS),
                Optional.of(installation.emailIndex(STORE)::sealOfErasure)),
            new AuditLog(client, installation.name(Table.AUDIT)));
    var keys = new CustomerKeys(installation.keysetKey(STORE));
    var rows = new CustomerRows(client, identities, customers);
    var binding = installation.binding(STORE);
    var holders =
        new Holders(new KnownCustomers(rows, keys, binding), keys, binding, new SecureRandom());
    var outbox = new Outbox(targets, new Deliveries(client, installation.name(Table.DELIVERIES)));
    return new StoreCustomer(
        installation.linkTokens(STORE),
        installation.opener(STORE, forms),
        new MergeSubmission(
            installation.emailIndex(STORE),
            holders,
            new SyntheticEntries(entries, new Forms()),
            new Beside(outbox, Optional.empty()),
            transaction,
            submissions,
            clock),
        new GiveBack(
            installation.emailIndex(STORE),
            new ConfirmedMails(client, installation.name(Table.MAIL_LIMITS))),
        submissions,
        new Forms(),
        clock);
  }

  /** Another transaction is at the same items, so many times; DynamoDB Local never says so. */
  private DynamoDbClient conflicting(int times) {
    var left = new AtomicInteger(times);
    var builder = AwsClients.configure(DynamoDbClient.builder(), installation.env(STORE));
    var conflicts =
        new ExecutionInterceptor() {
          @Override
          public void beforeExecution(
              Context.BeforeExecution call, ExecutionAttributes attributes) {
            if (call.request() instanceof TransactWriteItemsRequest && left.getAndDecrement() > 0) {
              throw TransactionCanceledException.builder()
                  .cancellationReasons(
                      CancellationReason.builder().code("None").build(),
                      CancellationReason.builder().code("None").build(),
                      CancellationReason.builder().code("TransactionConflict").build())
                  .build();
            }
          }
        };
    return builder
        .overrideConfiguration(
            builder.overrideConfiguration().copy(it -> it.addExecutionInterceptor(conflicts)))
        .build();
  }

  private String somebody() {
    people++;
    return "person%d@example.net".formatted(people);
  }

  private SubmissionRow confirmed(String email) {
    return press(installation.submit("contact", Installation.contact(email)), clock.instant());
  }

  private SubmissionRow press(SubmissionRow row, Instant at) {
    var proof = installation.linkTokens(STORE).mailed(row).proof(row.id(), row.linkNo());
    return with(row, proof, at);
  }

  private SubmissionRow with(SubmissionRow row, byte[] proof, Instant verifiedAt) {
    return installation.with(
        row.id(),
        Map.of(
            "status", AttributeValue.fromS("VERIFIED"),
            "proof", AttributeValue.fromB(SdkBytes.fromByteArray(proof)),
            "verifiedAt", AttributeValue.fromS(Timestamp.of(verifiedAt))));
  }

  private static CustomerRecord with(String later, CustomerRecord record) {
    return new CustomerRecord(
        record.version(),
        record.fields(),
        record.consents(),
        record.tags(),
        record.withdrawals(),
        record.uses(),
        record.hold(),
        record.bound(),
        Map.of("later", TextNode.valueOf(later)));
  }

  private static Map<String, AttributeValue> item(CustomerRow row, byte[] ciphertext) {
    var item = new HashMap<String, AttributeValue>();
    item.put("customerId", AttributeValue.fromS(row.customerId()));
    item.put("version", AttributeValue.fromN(Integer.toString(row.version())));
    item.put("ciphertext", AttributeValue.fromB(SdkBytes.fromByteArray(ciphertext)));
    item.put("createdAt", AttributeValue.fromS(Timestamp.of(row.createdAt())));
    item.put("verifiedAt", AttributeValue.fromS(Timestamp.of(row.verifiedAt())));
    return item;
  }

  private KnownCustomer customer(String email) throws KnownCustomers.Unreadable {
    return known().find(index(email)).orElseThrow();
  }

  private KnownCustomers known() {
    return new KnownCustomers(
        new CustomerRows(
            dynamoDb,
            new Identities(dynamoDb, installation.name(Table.IDENTITIES)),
            new Customers(dynamoDb, installation.name(Table.CUSTOMERS))),
        new CustomerKeys(installation.keysetKey(STORE)),
        installation.binding(STORE));
  }

  private String index(String email) {
    return installation.emailIndex(STORE).of(EmailAddress.parse(email).orElseThrow());
  }
}
