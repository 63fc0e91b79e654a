package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Json;
import io.vestibule.core.Timestamp;
import io.vestibule.local.chaos.Call;
import io.vestibule.local.chaos.CallInterceptor;
import io.vestibule.local.chaos.Disturbance;
import io.vestibule.local.gateway.CallLog.Recording;
import io.vestibule.local.host.LocalHost;
import io.vestibule.local.iam.Decision;
import io.vestibule.local.iam.Derived;
import io.vestibule.store.delivery.Deliveries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;

/**
 * What the functions did is what their roles allow: nothing missing, nothing spare. Everything that
 * a function can do on its way happens once, and then each grant must have been needed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RolesTest extends Journey {

  private static final String RETRIED =
      "{\"email\":\"grace@example.net\",\"name\":\"Grace\",\"message\":\"Hello\"}";

  private static final int MORE_THAN_A_RUN_SWEEPS = 11;

  @TempDir private static Path folder;
  @TempDir private static Path targets;

  private Recording recording;

  /** With no more time than a run keeps in reserve, an erasure is carried out in parts. */
  @Override
  Path template() throws IOException {
    return SweepTest.hurried(folder);
  }

  @Override
  protected Map<String, String> parameters() {
    return Map.of(
        "StaffMail",
        "owner@business.example",
        "StaffSignIn",
        "oidc",
        "CanaryForm",
        "contact",
        "CanaryMailbox",
        CanaryRoundTest.MAILBOX);
  }

  @Override
  protected Optional<Path> targets() throws IOException {
    Partners.write(targets, "news", "\"purpose\": \"marketing\", \"onRetention\": \"delete\"");
    Files.copy(Path.of("..", "targets", "examples", "zoho.json"), targets.resolve("zoho.json"));
    return Optional.of(targets);
  }

  @BeforeAll
  void doEverythingOnce() throws Exception {
    recording = host.calls().record();
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    new Records(host).land(ada.address);
    ada.becomesACustomer(Map.of()); // The entry that is missing comes with this one.
    new Records(host).land(ada.address);
    new Backups(host).returns("BindingFunction", Map.of());
    new Backups(host).returns("BindingFunction", Map.of("bind", "again"));
    ada.becomesACustomer(Map.of("name", "Ada Lovelace"));
    new Stranger(host)
        .posts("/forms/contact", "application/json", RETRIED, "Idempotency-Key: \"1\"");
    somebody().submits(Map.of("_gotcha", "filled in"));
    var waiting = ada.submits(Map.of());
    host.drain(LIMIT);
    ada.asksForANewLink(waiting); // Over the cap: the link before it is put back.
    ada.submits(Map.of()); // Over the cap: held.
    host.drain(LIMIT);
    new Backups(host).returns("CanaryFunction", Map.of());
    CanaryRoundTest.goRound(this, "roles");
    new Person(host, "bounce@simulator.amazonses.com").submits(Map.of());
    host.drain(LIMIT);
    somebody().asks("access"); // Nothing is held under it.
    pressesALinkOfBefore();
    askAboutData();
    var forged = somebody().submits(Map.of());
    forge(forged);
    host.drain(LIMIT);
    reconcile("release", forged);
    forge(forged);
    host.drain(LIMIT);
    reconcile("reject", forged);
    reconcile("books", "yesterday");
    rotateLinks();
    tellTargets();
    staffLook();
    tooLarge();
    lastMailsThatDidNotGoOut();
    aFloodThatHasItsFormAskForWork();
    for (int day = 0; day < 6; day++) {
      clock.advance(Duration.ofDays(1));
      rotate();
    }
    host.functions().invoke("ReconcileFunction", Json.MAPPER.createObjectNode(), "test");
    tables.expire(clock.instant());
    host.drain(LIMIT);
    backUpAndRestore();
    endOfRetention();
    endOfKeysOfLinks();
    lambdaItself(host);
  }

  private void aFloodThatHasItsFormAskForWork() throws Exception {
    var hour = Timestamp.of(clock.instant()).substring(0, "2026-11-21T12".length());
    var counter =
        Map.of(
            "key", AttributeValue.fromS("form#contact#%s#0".formatted(hour)),
            "spent", AttributeValue.fromN("400"));
    host.operator().dynamoDb().putItem(put -> put.tableName("mail-limits").item(counter));
    new Backups(host).returns("ReconcileFunction", Map.of());
    clock.advance(Duration.ofMinutes(6));
    WorkOnDemandTest.post(host, somebody(), WorkOnDemandTest.solved(host));
    host.drain(LIMIT);
  }

  /** Each of them hears of everything, and a person has to look after one. */
  private void tellTargets() throws Exception {
    var partners = new Partners(host);
    var backups = new Backups(host);
    var ada = somebody();
    ada.becomesACustomer(Map.of("consent.newsletter", "v1"));
    partners.answer("news", "{\"mode\": \"status\", \"status\": 422}");
    ada.becomesACustomer(Map.of());
    backups.returns("DeliverFunction", Map.of("replay", "news"));
    partners.answer("news", "{\"mode\": \"badToken\"}");
    backups.returns("DeliverFunction", Map.of());
    partners.answer("news", "{\"mode\": \"ok\"}");
    backups.returns("DeliverFunction", Map.of("resume", "news"));
    var withdrawal = Requests.asked(this, ada, "withdraw");
    clock.advance(Deliveries.AFTER_THE_LAST);
    backups.returns("DeliverFunction", Map.of());
    withdrawal.page();
    tables.clear("deliveries");
    backups.returns(
        "DeliverFunction",
        Map.of("backfill", "staff", "since", "2026-01-01T00:00:00Z", "dryRun", false));
    host.drain(LIMIT);
    Requests.asked(this, ada, "erase").woken();
    tables.clear("deliveries"); // As if a version before had erased them.
    backups.returns("DeliverFunction", Map.of("follow", "erasures"));
    backups.returns("DeliverFunction", Map.of());
    host.drain(LIMIT); // The stream may have come to the lane first.
    assertThat(partners.taken("news", "customer.erased")).hasSize(1);
  }

  private void staffLook() throws Exception {
    var grace = new Person(host, "grace@company.example");
    grace.becomesACustomer(Map.of());
    var agent = new Staff(host, "agent");
    var entry = agent.newest();
    agent.get(entry);
    agent.get("/staff/customers/" + new Records(host).customerId(grace.address));
    new Staff(host, "admin")
        .posts(
            "/staff/customers/" + new Records(host).customerId(grace.address),
            Map.of("ground", "A law"));
    new Staff(host, "admin")
        .posts(
            "/staff/customers/" + new Records(host).customerId(grace.address),
            Map.of("lift", "yes"));
    var note = Map.of("note", "Rang back", "on", "", "once", "0".repeat(22));
    agent.posts("/staff/customers/" + new Records(host).customerId(grace.address), note);
    var erased = somebody();
    erased.becomesACustomer(Map.of());
    agent.posts("/staff/customers/" + new Records(host).customerId(erased.address), note);
    Requests.asked(this, erased, "erase").woken();
    agent.posts(entry, Map.of("from", "new", "to", "taken"));
    agent.posts(entry, Map.of("from", "taken-me", "tagged", "yes", "tag", "urgent"));
    agent.get("/staff/new?state=taken&by=me");
    agent.get("/staff/new?form=contact");
    agent.posts("/staff/search", Map.of("q", grace.address));
    agent.posts("/staff/no-mail", Map.of("email", grace.address));
    new Backups(host).returns("LookupsFunction", Map.of("make", "again"));
    for (var left : List.of(entry.replaceFirst(".*/", ""), "left")) {
      var row =
          Map.of(
              "customerId",
                  AttributeValue.fromS(
                      left.equals("left") ? "nobody" : new Records(host).customerId(grace.address)),
              "lookupId", AttributeValue.fromS(left + "#left"));
      host.operator().dynamoDb().putItem(put -> put.tableName("lookups").item(row));
    }
    new Backups(host).returns("LookupsFunction", Map.of("make", "again"));
    staffDecide();
    agent.posts("/staff/sign-out", Map.of());
    agent.get("/staff/");
    var operator = new Staff(host, "operator");
    operator.get("/staff/operations");
    operator.get("/staff/deliveries");
    operator.posts("/staff/deliveries", Map.of("target", "staff", "order", "replay"));
  }

  /** A copy, a withdrawal, and an erasure that a second person confirms. */
  private void staffEnter(Staff admin) throws Exception {
    var asker = somebody();
    asker.becomesACustomer(Map.of());
    var page = "/staff/customers/" + new Records(host).customerId(asker.address);
    var privacy = new Staff(host, "privacy");
    for (var deed : List.of("access", "withdraw.all", "erase")) {
      var once = privacy.get(page).body();
      privacy.posts(
          page,
          Map.of(
              "deed",
              deed,
              "channel",
              "letter",
              "received",
              clock.instant().toString().substring(0, 10),
              "check",
              "document",
              "once",
              once.replaceFirst("(?s).*name=\"once\" value=\"([^\"]+)\".*", "$1")));
    }
    host.drain(LIMIT);
    for (var row : tables.items("requests")) {
      if (Tables.text(row, "reason").equals("second-person")) {
        admin.get("/staff/held/" + Tables.text(row, "id"));
        admin.posts("/staff/held/" + Tables.text(row, "id"), Map.of("confirm", "yes"));
      }
    }
    host.drain(LIMIT);
  }

  private void staffDecide() throws Exception {
    var spam = somebody().submits(Map.of("_gotcha", "filled in"));
    var request = somebody().asks("access");
    forge(request);
    host.drain(LIMIT);
    var admin = new Staff(host, "admin");
    for (var id : List.of(spam, request)) {
      admin.get("/staff/held/" + id);
    }
    admin.get("/staff/held?reason=spam");
    admin.get("/staff/requests");
    admin.get("/staff/requests.csv");
    staffEnter(admin);
    admin.posts("/staff/held", Map.of("decision", "release", "for", "spam", "id", spam));
    admin.posts("/staff/held/" + request, Map.of("decision", "reject", "for", "forged"));
  }

  /** Rows that have no room left for any change. */
  private void tooLarge() throws Exception {
    for (var table : List.of("submissions", "requests")) {
      for (var status : List.of("PENDING", "MAILING", "VERIFIED")) {
        var row =
            Map.of(
                "id",
                    AttributeValue.fromS(
                        table.charAt(0) + status + "A".repeat(22 - status.length())),
                "form", AttributeValue.fromS("contact"),
                "status", AttributeValue.fromS(status),
                "open", AttributeValue.fromS(status + "#0"),
                "createdAt", AttributeValue.fromS(Timestamp.of(clock.instant())),
                "sealed", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[409_480])));
        host.operator().dynamoDb().putItem(put -> put.tableName(table).item(row));
      }
    }
    host.drain(LIMIT);
  }

  private void askAboutData() throws Exception {
    var grace = somebody();
    grace.becomesACustomer(Map.of());
    var backups = new Backups(host);
    var number = new Records(host).customerId(grace.address);
    var hold = Map.of("customer", number, "ground", "Retention of invoices");
    backups.returns("DeletionFunction", Map.of("hold", hold));
    Requests.asked(this, grace, "erase"); // On hold: kept.
    backups.returns("DeletionFunction", Map.of("lift", Map.of("email", grace.address)));
    Requests.asked(this, grace, "withdraw");
    var copy = Requests.asked(this, grace, "access");
    copy.page();
    asksTooOften();
    clock.advance(Duration.ofDays(1)); // Another day's mails.
    backups.returns("ReconcileFunction", Map.of());
    var missed = takenAway(grace.submits(Map.of()));
    var link = grace.link();
    for (int i = 0; i < MORE_THAN_A_RUN_SWEEPS; i++) {
      grace.submits(Map.of());
    }
    var erasure = Requests.asked(this, grace, "erase").settled();
    erasure.page();
    erasure.file("receipt.sig");
    grace.bytes(host.uri().resolve("/receipt-key.pem"));
    grace.bytes(host.uri().resolve("/receipt-key.pem?of=earlier"));
    comesTooLate(grace);
    host.operator().dynamoDb().putItem(put -> put.tableName("submissions").item(missed));
    grace.presses(link); // It is covered by the erasure, which did not find it.
    host.drain(LIMIT);
    var forged = somebody();
    forged.becomesACustomer(Map.of());
    forge(forged.asks("erase"));
    host.drain(LIMIT);
    var allergic = somebody();
    SensitiveFieldsTest.tells(this, allergic);
    Requests.asked(this, allergic, "withdraw"); // What hung on the consent goes.
    var nobody = somebody();
    nobody.submits(Map.of());
    host.drain(LIMIT);
    Requests.asked(this, nobody, "withdraw"); // Nothing but what is not confirmed.
  }

  /** A mailer left one behind; the other is of yesterday. */
  private void lastMailsThatDidNotGoOut() throws Exception {
    for (var minutes : List.of(16, 1_441)) {
      var doneAt = Timestamp.of(clock.instant().minus(Duration.ofMinutes(minutes)));
      var row =
          Map.of(
              "id", AttributeValue.fromS("rDONE" + "A".repeat(14) + (1_000 + minutes % 9_000)),
              "form", AttributeValue.fromS("privacy"),
              "status", AttributeValue.fromS("DONE"),
              "open", AttributeValue.fromS("DONE#0"),
              "createdAt", AttributeValue.fromS(doneAt),
              "doneAt", AttributeValue.fromS(doneAt),
              "leaseUntil", AttributeValue.fromS(doneAt),
              "sealingKey", AttributeValue.fromS("none"),
              "notify", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[200])));
      host.operator().dynamoDb().putItem(put -> put.tableName("requests").item(row));
    }
    new Backups(host).returns("ReconcileFunction", Map.of());
    host.drain(LIMIT);
  }

  /** Its row was mailed before links could live side by side. */
  private void pressesALinkOfBefore() throws Exception {
    var ada = somebody();
    var id = ada.submits(Map.of());
    var link = ada.link();
    host.operator()
        .dynamoDb()
        .updateItem(
            update ->
                update
                    .tableName("submissions")
                    .key(Map.of("id", AttributeValue.fromS(id)))
                    .updateExpression("REMOVE links, asked"));
    ada.presses(link);
    host.drain(LIMIT);
  }

  /** Of what waits for another day, the newest is mailed, and the others may be passed over. */
  private void asksTooOften() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    for (int i = 0; i < 5; i++) {
      ada.asks("access");
    }
    host.drain(LIMIT);
    ada.presses(ada.link(), Map.of("answer", "disowned"));
    host.drain(LIMIT);
  }

  /** What came in before an erasure, and whose mailer was late. */
  private void comesTooLate(Person erased) throws Exception {
    clock.advance(Duration.ofHours(-1));
    erased.submits(Map.of());
    erased.asks("erase");
    host.drain(LIMIT);
    clock.advance(Duration.ofHours(1));
  }

  private void backUpAndRestore() throws Exception {
    var backups = new Backups(host);
    somebody().becomesACustomer(Map.of());
    backups.returns("BackupFunction", Map.of("engine", "export"));
    clock.advance(Duration.ofMinutes(5));
    backups.returns("BackupFunction", Map.of("continue", true));
    backups.returns("BackupFunction", Map.of("forSeconds", 0));
    var backup = backups.returns("BackupFunction", Map.of()).path("backup").asText();
    var erased = backups.customer();
    backups.erase(erased);
    backups.write(
        "progress/restore/%s/customers/%d/cut-off.json".formatted(backup, customersSince()),
        new byte[0]);
    backups.returns(
        "RestoreFunction", Map.of("backup", "latest", "into", "vestibule-restore-customers"));
    backups.write("ledger/2/nobody.AAAA.json", new byte[0]);
    backups.returns("RestoreFunction", Map.of("backup", "latest", "into", "live", "dryRun", true));
    backups.returns(
        "RestoreFunction",
        Map.of("backup", "latest", "into", "live", "overrule", List.of("nobody")));
    drillWhileSomebodyIsErased(backups);
    new Staff(host, "operator").get("/staff/operations"); // With a report to read.
    backups.copyOfIdentities("vestibule-restore-identities");
    var lost =
        tables.items("identities").stream()
            .filter(identity -> !erased.equals(Tables.text(identity, "customerId")))
            .findFirst()
            .orElseThrow();
    backups.remove("identities", "emailIndex", Tables.text(lost, "emailIndex"));
    backups.returns(
        "RestoreFunction", Map.of("table", "identities", "from", "vestibule-restore-identities"));
    var half = backups.customer();
    backups.remove("customers", "customerId", half);
    for (int times = 0; times < 2; times++) {
      backups.returns("DeletionFunction", Map.of("forget", Map.of("customer", half)));
    }
    var keyless = somebody();
    keyless.becomesACustomer(Map.of());
    var number = new Records(host).customerId(keyless.address);
    for (var identity : tables.items("identities")) {
      if (Tables.text(identity, "customerId").equals(number)) {
        backups.remove("identities", "emailIndex", Tables.text(identity, "emailIndex"));
      }
    }
    backups.returns("DeletionFunction", Map.of("forget", Map.of("customer", number)));
  }

  private static void drillWhileSomebodyIsErased(Backups backups) {
    var erased = new AtomicReference<>("");
    CallInterceptor.disturb(
        new Disturbance() {
          @Override
          public void after(Call call) {
            if (call.request() instanceof BatchWriteItemRequest write) {
              write.requestItems().getOrDefault("entries-drill", List.of()).stream()
                  .map(it -> Tables.text(it.putRequest().item(), "customerId"))
                  .filter(it -> erased.compareAndSet("", it))
                  .forEach(backups::erase);
            }
          }
        });
    backups.returns("DrillFunction", Map.of());
    CallInterceptor.calm();
    backups.remove("erasures", "customerId", Objects.requireNonNull(erased.get()));
  }

  /** Two years later: the copy has expired, and nobody has come again. */
  private void endOfRetention() throws Exception {
    var backups = new Backups(host);
    var old = somebody();
    old.becomesACustomer(Map.of());
    var copy = Requests.asked(this, old, "access");
    var late = takenAway(old.submits(Map.of()));
    var open = somebody();
    open.becomesACustomer(Map.of());
    open.asks("access"); // Never confirmed: it expires.
    forge(open.asks("erase"));
    host.drain(LIMIT);
    clock.advance(Duration.ofDays(4));
    tables.expire(clock.instant());
    host.drain(LIMIT);
    backups.returns("DeadlineFunction", Map.of()); // Something is held, and due some day.
    var answered = copy.row();
    backups.erase("of-before");
    backups.write("ledger/of-before.json", new byte[0]);
    var left =
        Map.of(
            "customerId", AttributeValue.fromS("of-before"),
            "noteId", AttributeValue.fromS("left"));
    host.operator().dynamoDb().putItem(put -> put.tableName("notes").item(left));
    clock.advance(Duration.ofDays(740));
    tables.expire(clock.instant());
    host.drain(LIMIT);
    backups.returns("DeadlineFunction", Map.of());
    clock.advance(Duration.ofDays(8));
    backups.returns("DeadlineFunction", Map.of());
    assertThat(new Records(host).isKnown(old.address)).isFalse();
    host.operator().dynamoDb().putItem(put -> put.tableName("submissions").item(late));
    host.operator().dynamoDb().putItem(put -> put.tableName("requests").item(answered));
    backups.returns("DeadlineFunction", Map.of());
  }

  /** A row that its mailer is too late to write, or that an erasure does not find. */
  private Map<String, AttributeValue> takenAway(String id) throws Exception {
    host.drain(LIMIT);
    var row = tables.submission(id);
    tables.remove("submissions", row);
    host.drain(LIMIT);
    return row;
  }

  private long customersSince() {
    return host.operator()
        .dynamoDb()
        .describeTable(of -> of.tableName("customers"))
        .table()
        .creationDateTime()
        .toEpochMilli();
  }

  private void forge(String id) throws Exception {
    host.drain(LIMIT);
    tables.setStatus(id, "VERIFIED");
  }

  private void reconcile(String decision, String id) {
    var event = Json.MAPPER.createObjectNode().put(decision, id);
    host.functions().invoke("ReconcileFunction", event, "test");
  }

  private void rotateLinks() throws Exception {
    var order = Json.MAPPER.readTree("{\"rotate\":\"link\"}");
    host.functions().invoke("KeyRotationFunction", order, "test");
    clock.advance(Duration.ofMinutes(6)); // Intake has forgotten the key before.
  }

  /** No row needs any but the newest, and the others were replaced long ago. */
  private void endOfKeysOfLinks() throws Exception {
    rotateLinks();
    var dynamoDb = host.operator().dynamoDb();
    for (var key : tables.items("sealing-keys")) {
      var name = Tables.text(key, "name");
      if (name.startsWith("private#") && !name.endsWith("-3")) {
        dynamoDb.deleteItem(
            delete ->
                delete.tableName("sealing-keys").key(Map.of("name", AttributeValue.fromS(name))));
      }
    }
    for (var key : tables.items("system-keys")) {
      if (Tables.text(key, "name").startsWith("link#")) {
        var old = new HashMap<>(key);
        old.put("createdAt", AttributeValue.fromS("2020-01-01T00:00:00.000Z"));
        dynamoDb.putItem(put -> put.tableName("system-keys").item(old));
      }
    }
    rotate();
    assertThat(tables.items("system-keys"))
        .map(key -> Tables.text(key, "name"))
        .contains("link#3")
        .doesNotContain("link", "link#2");
  }

  private void rotate() {
    host.functions().invoke("KeyRotationFunction", Json.MAPPER.createObjectNode(), "test");
  }

  /** What Lambda does with the roles: streams, failure destinations, logs. */
  private static void lambdaItself(LocalHost host) {
    for (var function : host.stack().functions()) {
      assertThat(
              host.authorizer()
                  .decide(function.logicalId(), new Derived(host.stack()).accesses(function)))
          .isInstanceOf(Decision.Allowed.class);
    }
  }

  @AfterAll
  void endRecording() {
    recording.close();
  }

  static Stream<String> functions() {
    return Stream.of(
        "IntakeFunction",
        "VerifyFunction",
        "MailerFunction",
        "MailFeedbackFunction",
        "StoreFunction",
        "DeletionFunction",
        "DeadlineFunction",
        "DeliverFunction",
        "StaffDoorFunction",
        "StaffFunction",
        "LookupsFunction",
        "KeyRotationFunction",
        "ReconcileFunction",
        "CanaryFunction",
        "BackupFunction",
        "RestoreFunction",
        "DrillFunction");
  }

  @ParameterizedTest
  @MethodSource("functions")
  void everyCallWasAllowed(String function) {
    assertThat(recording.of(function)).isNotEmpty().allMatch(call -> call.allowed());
  }

  @ParameterizedTest
  @MethodSource("functions")
  void everyGrantWasNeeded(String function) {
    assertThat(host.authorizer().unused(function)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void everyColumnKeyAndContextThatARoleNamesWasNeeded(String function) {
    assertThat(host.authorizer().unusedValues(function)).isEmpty();
  }
}
