package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vestibule.core.EntryId;
import io.vestibule.core.Timestamp;
import io.vestibule.local.chaos.Call;
import io.vestibule.local.chaos.CallInterceptor;
import io.vestibule.local.chaos.Disturbance;
import io.vestibule.local.gateway.CallLog;
import io.vestibule.store.audit.StaffAudit;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** What members of staff see, and what stands on record of it. */
class StaffReadTest extends Journey {

  private static final String NAME = "Canary Byron";
  private static final String PHONE = "+49 30 9988776655";
  private static final String MESSAGE = "My canary is ill <b>today</b>";

  private Person ada;
  private String entry;
  private SavedTables written;

  @Override
  protected Map<String, String> parameters() {
    return Map.of("StaffSignIn", "oidc");
  }

  @BeforeAll
  void somebodyWrites() throws Exception {
    ada = somebody();
    ada.becomesACustomer(
        Map.of("name", NAME, "phone", PHONE, "message", MESSAGE, "consent.newsletter", "v1"));
    written = SavedTables.of(tables);
    entry = new Staff(host, "agent").newest();
  }

  @BeforeEach
  void asTheyHaveWritten() throws Exception {
    written.setBack();
  }

  @AfterEach
  void calm() {
    CallInterceptor.calm();
  }

  @Test
  void anAgentReadsWhoWroteAndRepliesByTheirOwnMail() throws Exception {
    var page = new Staff(host, "agent").get(entry).body();

    assertThat(page)
        .contains(NAME)
        .contains(PHONE)
        .contains("My canary is ill &lt;b&gt;today&lt;/b&gt;")
        .contains("mailto:" + ada.address + "?subject=Contact%20us%20%C2%B7%20V-")
        .contains("Marketing");
  }

  @Test
  void theAuditSaysWhoWhatAndWhyBeforeTheKeyIsUnwrapped() throws Exception {
    var agent = new Staff(host, "agent");
    try (var recording = host.calls().record()) {
      agent.get(entry);
      var calls = recording.of("StaffFunction");

      assertThat(calls.stream().map(CallLog.Call::operation).toList())
          .containsSubsequence("TransactWriteItems", "Decrypt");
      assertThat(calls.stream().filter(Staff::unwrapsAPerson)).hasSize(1);
    }
    var number = new Records(host).customerId(ada.address);
    var row = audit("staff-customer#" + number).getLast();
    assertThat(Tables.text(row, "action")).isEqualTo("opened");
    assertThat(Tables.text(row, "who")).isEqualTo("local-agent");
    assertThat(Tables.text(row, "role")).isEqualTo("agent");
    assertThat(Tables.text(row, "reason")).isEqualTo("work");
    assertThat(Tables.text(row, "fields")).contains("email name");
    assertThat(Tables.text(row, "entryId")).isEqualTo(entry.replaceFirst(".*/", ""));
  }

  @Test
  void whoDiesBetweenTheAuditAndTheKeyHasLeftARowAndOpenedNothing() throws Exception {
    var agent = new Staff(host, "agent");
    var before = audit("staff-customer#").size();
    disturb("Decrypt");

    var answer = agent.get(entry);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).doesNotContain(NAME);
    assertThat(audit("staff-customer#")).hasSize(before + 1);
  }

  @Test
  void nothingIsOpenedIfTheAuditCannotBeWritten() throws Exception {
    var agent = new Staff(host, "agent");
    disturb("TransactWriteItems");
    try (var recording = host.calls().record()) {
      assertThat(agent.get(entry).statusCode()).isEqualTo(503);
      assertThat(recording.of("StaffFunction").stream().filter(Staff::unwrapsAPerson)).isEmpty();
    }
  }

  @Test
  void aListOpensNobodyAndLeavesOneRow() throws Exception {
    for (int i = 0; i < 3; i++) {
      somebody().becomesACustomer(Map.of("name", NAME));
    }
    var agent = new Staff(host, "agent");
    var before = audit("staff-").size();
    try (var recording = host.calls().record()) {
      var page = agent.get("/staff/new").body();

      assertThat(page.split("/staff/entries/", -1)).hasSize(5);
      assertThat(page).as("by its card").contains(NAME).doesNotContain("@example.net");
      assertThat(recording.of("StaffFunction").stream().filter(Staff::unwrapsAPerson)).isEmpty();
    }
    assertThat(audit("staff-")).hasSize(before + 1);
  }

  @Test
  void todayHasOnlyNumbers() throws Exception {
    somebody().becomesACustomer(Map.of());
    try (var recording = host.calls().record()) {
      assertThat(new Staff(host, "operator").get("/staff/").body())
          .contains("<b>2</b>")
          .doesNotContain("/staff/new");
      assertThat(recording.of("StaffFunction").stream().filter(Staff::unwrapsAPerson)).isEmpty();
    }
  }

  @Test
  void whatARoleDoesNotSeeIsInNoByteOfAnAnswerAndInNoLog() throws Exception {
    var viewer = new Staff(host, "viewer");
    var answers =
        List.of(
            viewer.get(entry),
            viewer.get(entry + "?lang=de"),
            viewer.get("/staff/new"),
            viewer.get("/staff/customers"),
            viewer.posts("/staff/search", Map.of("q", NAME)),
            viewer.posts(entry, Map.of("reason", "complaint")),
            viewer.posts(entry, Map.of("from", "new", "to", "taken")),
            viewer.get(entry.substring(0, entry.length() - 1) + "_"));

    assertThat(answers.getFirst().body()).contains("•••").contains("•••655");
    for (var answer : answers) {
      assertThat(answer.body() + answer.headers().map())
          .doesNotContain(NAME, "Byron", "9988776", "canary", ada.address, "mailto:");
    }
    disturb("Decrypt");
    assertThat(viewer.get(entry).body()).doesNotContain(NAME);
    CallInterceptor.calm();
    assertThat(host.logs().entrySet().stream().filter(it -> it.getKey().startsWith("Staff")))
        .isNotEmpty()
        .allSatisfy(
            log ->
                assertThat(log.getValue().toString()).doesNotContain(NAME, ada.address, MESSAGE));
  }

  @Test
  void aReasonShowsMoreToWhoMayGiveOneAndStandsOnRecord() throws Exception {
    var privacy = new Staff(host, "privacy");
    assertThat(privacy.get(entry).body()).doesNotContain(NAME).contains("A complaint");

    assertThat(privacy.posts(entry, Map.of("reason", "complaint")).body()).contains(NAME);
    assertThat(privacy.posts(entry, Map.of("reason", "curiosity")).body()).doesNotContain(NAME);
    assertThat(audit("staff-customer#").stream().map(it -> Tables.text(it, "reason")))
        .contains("work", "complaint");
  }

  @Test
  void anEntryIsTakenByOneOfTwoAndPutDownAsDone() throws Exception {
    var agent = new Staff(host, "agent");
    var admin = new Staff(host, "admin");
    var take = Map.of("from", "new", "to", "taken");
    var barrier = new CyclicBarrier(2);
    List<HttpResponse<String>> answers;
    try (var threads = Executors.newFixedThreadPool(2)) {
      answers =
          threads
              .invokeAll(
                  Stream.of(agent, admin)
                      .<java.util.concurrent.Callable<HttpResponse<String>>>map(
                          it ->
                              () -> {
                                barrier.await();
                                return it.posts(entry, take);
                              })
                      .toList())
              .stream()
              .map(java.util.concurrent.Future::resultNow)
              .toList();
    }

    assertThat(answers).extracting(HttpResponse::statusCode).containsExactlyInAnyOrder(303, 409);
    assertThat(agent.get("/staff/new").body()).doesNotContain(entry);
    assertThat(agent.get("/staff/new?state=taken").body()).contains(entry);
    agent.posts(entry, Map.of("from", "taken", "to", "done"));
    assertThat(agent.get("/staff/new?state=done").body()).contains(entry);
    assertThat(new Staff(host, "privacy").posts(entry, Map.of("from", "done", "to", "new")))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(404);
    assertThat(audit("staff-customer#").stream().map(it -> Tables.text(it, "action")))
        .contains("moved");
  }

  @Test
  void nobodyHasMoreThanTwoHundredOpenedInADay() throws Exception {
    var agent = new Staff(host, "agent");
    agent.get(entry);
    var now = Timestamp.of(clock.instant());
    tables.copy(
        "audit",
        audit("staff-day#").getFirst(),
        "at#id",
        IntStream.range(1, 200).mapToObj(it -> now + "#" + it).toList());
    try (var recording = host.calls().record()) {
      var answer = agent.get(entry);

      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.body()).contains("That is enough for today").doesNotContain(NAME);
      assertThat(recording.of("StaffFunction").stream().filter(Staff::unwrapsAPerson)).isEmpty();
    }
    assertThat(String.valueOf(host.logs().get("StaffFunction"))).contains("staff-limit-reached");
    assertThat(new Staff(host, "admin").get(entry).body()).contains(NAME);
  }

  @Test
  void onlyAPageThatSomebodySeesCountsAsALook() throws Exception {
    var agent = new Staff(host, "agent");
    var before = audit("staff-day#").size();

    assertThat(agent.head(entry).statusCode()).isEqualTo(405);
    var taken = agent.posts(entry, Map.of("from", "new", "to", "taken"));

    assertThat(Staff.location(taken)).startsWith("/staff/new?state=taken");
    assertThat(agent.get(Staff.location(taken)).body()).contains(entry);
    assertThat(audit("staff-day#")).hasSize(before);
    agent.get(entry);
    agent.get(entry);
    assertThat(audit("staff-day#")).as("the same one counts each time").hasSize(before + 2);
  }

  @Test
  void whatIsOnRecordIsNotWrittenOver() {
    var record = new StaffAudit(host.operator().dynamoDb(), "audit", Duration.ofDays(365), false);
    var grace = new StaffAudit.Person("grace", "local-grace", "agent", "Grace");
    var mallory = new StaffAudit.Person("grace", "local-mallory", "agent", "Mallory");
    var id = new EntryId(entry.replaceFirst(".*/", ""));
    var now = clock.instant();
    record.opens(grace, "1", id, List.of(), "work", "same", now);
    record.moves(grace, "2", id, "taken", "same", now);
    record.signsOut(grace, "3", now);

    assertThatExceptionOfType(TransactionCanceledException.class)
        .isThrownBy(() -> record.opens(mallory, "1", id, List.of(), "work", "same", now));
    assertThatExceptionOfType(ConditionalCheckFailedException.class)
        .isThrownBy(() -> record.moves(mallory, "2", id, "done", "same", now));
    record.signsOut(mallory, "3", now);
    assertThat(record.hasSignedOut("3")).isTrue();
    assertThat(tables.items("audit").toString()).contains("local-grace").doesNotContain("mallory");
  }

  @Test
  void whoWasErasedIsSeenByNobody() throws Exception {
    var agent = new Staff(host, "agent");
    Requests.asked(this, ada, "erase").woken();

    assertThat(agent.get(entry).statusCode()).isEqualTo(404);
    assertThat(agent.get("/staff/new").body()).doesNotContain(entry);
  }

  @Test
  void aRowUnderSomebodyElsesNumberShowsNobodyAWrongPerson() throws Exception {
    var grace = somebody();
    grace.becomesACustomer(Map.of("name", "Grace Hopper"));
    var number = new Records(host).customerId(grace.address);
    var row =
        new HashMap<>(
            tables.items("entries").stream()
                .filter(it -> entry.endsWith(Tables.text(it, "entryId")))
                .findFirst()
                .orElseThrow());
    tables.remove("entries", row);
    row.put("customerId", AttributeValue.fromS(number));
    host.operator().dynamoDb().putItem(put -> put.tableName("entries").item(row));

    var answer = new Staff(host, "agent").get(entry);

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).doesNotContain(NAME, "Grace Hopper", grace.address);
  }

  @Test
  void rowsOfBeforeThereWasADoorAreListedToo() throws Exception {
    assertThat(new EntryId(entry.replaceFirst(".*/", "")).number().value()).startsWith("V-");
    new Records(host).land(ada.address); // As a version of before entries had stored it.
    new Backups(host).returns("BindingFunction", Map.of("bind", "again"));
    new Backups(host).returns("BindingFunction", Map.of());

    var agent = new Staff(host, "agent");
    assertThat(agent.get(agent.newest()).body()).contains(NAME);
  }

  private List<Map<String, AttributeValue>> audit(String prefix) {
    return tables.items("audit").stream()
        .filter(it -> Tables.text(it, "customerId").startsWith(prefix))
        .filter(it -> !Tables.text(it, "customerId").startsWith("staff-session#"))
        .sorted(java.util.Comparator.comparing(it -> Tables.text(it, "at#id")))
        .toList();
  }

  /** AWS hears no more of what StaffFunction wants. */
  private static void disturb(String operation) {
    CallInterceptor.disturb(
        new Disturbance() {
          @Override
          public void before(Call call) {
            if (call.function().equals("StaffFunction")
                && call.operation().equals(operation)
                && (!operation.equals("Decrypt")
                    || call.request().toString().contains("customer"))) {
              throw new IllegalStateException("it dies here");
            }
          }
        });
  }
}
