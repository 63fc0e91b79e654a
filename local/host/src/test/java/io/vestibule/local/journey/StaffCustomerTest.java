package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Json;
import io.vestibule.core.Note;
import io.vestibule.core.Timestamp;
import io.vestibule.core.forms.Forms;
import io.vestibule.keys.CustomerKeys;
import io.vestibule.keys.CustomersByNumber;
import io.vestibule.keys.IdentityBinding;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.keys.KnownNotes;
import io.vestibule.local.chaos.Call;
import io.vestibule.local.chaos.CallInterceptor;
import io.vestibule.local.chaos.Disturbance;
import io.vestibule.local.gateway.CallLog;
import io.vestibule.staff.customer.Dealings;
import io.vestibule.staff.customer.OpenCustomer;
import io.vestibule.staff.customer.SeenCustomer;
import io.vestibule.staff.entry.LookLimit;
import io.vestibule.staff.entry.OpenEntry;
import io.vestibule.staff.entry.Opened;
import io.vestibule.staff.roles.Right;
import io.vestibule.staff.roles.Role;
import io.vestibule.staff.roles.Roles;
import io.vestibule.staff.roles.Sight;
import io.vestibule.store.audit.StaffAudit;
import io.vestibule.store.audit.StaffLooks;
import io.vestibule.store.keys.BindingPass;
import io.vestibule.store.keys.SystemKeys;
import io.vestibule.store.people.CustomerRows;
import io.vestibule.store.people.Customers;
import io.vestibule.store.people.Entries;
import io.vestibule.store.people.Identities;
import io.vestibule.store.people.Notes;
import io.vestibule.store.people.Recipients;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What members of staff see of a customer, and what stands on record of it. */
class StaffCustomerTest extends Journey {

  private static final String NAME = "Canary Byron";
  private static final String FORMER = "Canary Gordon";
  private static final String PHONE = "+49 30 9988776655";
  private static final String MESSAGE = "My canary is ill <b>today</b>";

  private Person ada;
  private String number;
  private String customer;
  private SavedTables written;

  @Override
  protected Map<String, String> parameters() {
    return Map.of("StaffSignIn", "oidc");
  }

  @BeforeAll
  void somebodyWritesTwice() throws Exception {
    ada = somebody();
    ada.becomesACustomer(Map.of("name", FORMER, "message", "Hello"));
    clock.advance(Duration.ofMinutes(1));
    ada.becomesACustomer(
        Map.of("name", NAME, "phone", PHONE, "message", MESSAGE, "consent.newsletter", "v1"));
    number = new Records(host).customerId(ada.address);
    customer = "/staff/customers/" + number;
    written = SavedTables.of(tables);
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
  @Tag("check")
  void anAgentSeesAllThatIsKnownOfACustomerAndRepliesByTheirOwnMail() throws Exception {
    var agent = new Staff(host, "agent");
    var entry = agent.newest();

    assertThat(agent.get(entry).body()).contains("href=\"" + customer);
    assertThat(agent.get(customer).body())
        .contains(NAME, FORMER, "Name (earlier)", PHONE, ada.address, number, entry)
        .contains("My canary is ill &lt;b&gt;today&lt;/b&gt;")
        .contains("In force.", "<q lang=\"en\">", "Nobody was told of them.")
        .contains("mailto:" + ada.address + "?subject=Contact%20us%20%C2%B7%20V-");
  }

  @Test
  void theAuditSaysWhoWhatAndWhyBeforeTheKeyIsUnwrapped() throws Exception {
    var agent = new Staff(host, "agent");
    try (var recording = host.calls().record()) {
      agent.get(customer);
      var calls = recording.of("StaffFunction");

      assertThat(calls.stream().map(CallLog.Call::operation).toList())
          .containsSubsequence("TransactWriteItems", "Decrypt");
      assertThat(calls.stream().filter(Staff::unwrapsAPerson)).hasSize(1);
    }
    var row = audit("staff-customer#" + number).getLast();
    assertThat(Tables.text(row, "action")).isEqualTo("opened");
    assertThat(Tables.text(row, "who")).isEqualTo("local-agent");
    assertThat(Tables.text(row, "role")).isEqualTo("agent");
    assertThat(Tables.text(row, "reason")).isEqualTo("work");
    assertThat(Tables.text(row, "fields").split(" ")).contains("email", "name", "message");
    assertThat(row).doesNotContainKey("entryId");
    assertThat(audit("staff-day#")).hasSize(1);
  }

  @Test
  void whoDiesBetweenTheAuditAndTheKeyHasLeftARowAndOpenedNothing() throws Exception {
    var agent = new Staff(host, "agent");
    disturb("Decrypt");

    var answer = agent.get(customer);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).doesNotContain(NAME);
    assertThat(audit("staff-customer#")).hasSize(1);
  }

  @Test
  void nothingIsOpenedIfTheAuditCannotBeWritten() throws Exception {
    var agent = new Staff(host, "agent");
    disturb("TransactWriteItems");
    try (var recording = host.calls().record()) {
      assertThat(agent.get(customer).statusCode()).isEqualTo(503);
      assertThat(recording.of("StaffFunction").stream().filter(Staff::unwrapsAPerson)).isEmpty();
    }
  }

  @Test
  void whatARoleDoesNotSeeIsInNoByteOfAnAnswerAndInNoLog() throws Exception {
    var viewer = new Staff(host, "viewer");
    var answers =
        List.of(
            viewer.get(customer),
            viewer.get(customer + "?lang=de"),
            viewer.posts(customer, Map.of("reason", "complaint")),
            viewer.posts(customer, Map.of("reason", NAME)),
            viewer.get(customer + "_"));

    assertThat(answers.getFirst().body()).contains("•••").contains("•••655");
    for (var answer : answers) {
      assertThat(answer.body() + answer.headers().map())
          .doesNotContain(NAME, FORMER, "Byron", "9988776", "canary", ada.address, "mailto:");
    }
    disturb("Decrypt");
    assertThat(viewer.get(customer).body()).doesNotContain(NAME);
    CallInterceptor.calm();
    assertThat(host.logs().entrySet().stream().filter(it -> it.getKey().startsWith("Staff")))
        .isNotEmpty()
        .allSatisfy(
            log ->
                assertThat(log.getValue().toString())
                    .doesNotContain(NAME, FORMER, ada.address, MESSAGE));
  }

  @Test
  void aReasonShowsMoreToWhoMayGiveOne() throws Exception {
    var privacy = new Staff(host, "privacy");
    assertThat(privacy.get(customer).body()).doesNotContain(NAME, FORMER).contains("A complaint");

    assertThat(privacy.posts(customer, Map.of("reason", "complaint")).body()).contains(NAME);
    assertThat(privacy.posts(customer, Map.of("reason", "curiosity")).body()).doesNotContain(NAME);
  }

  @Test
  void whoLookedIsSeenAndWhichColleagueItWasByFewerRoles() throws Exception {
    var agent = new Staff(host, "agent");
    agent.get(agent.newest());
    new Staff(host, "privacy").posts(customer, Map.of("reason", "authority"));

    var privacy = new Staff(host, "privacy").get(customer).body();
    assertThat(privacy).contains("An authority asks", "local-privacy", "local-agent", "Their work");
    assertThat(agent.get(customer).body())
        .contains("An authority asks", ">privacy")
        .doesNotContain("local-privacy");
  }

  @Test
  void whoWasToldIsSeenWithWhatTheyHaveAnswered() throws Exception {
    tell("zoho", List.of("name", "phone"));

    assertThat(new Staff(host, "agent").get(customer).body())
        .contains("zoho (IN)", "Name, Phone", "Withdrawal settled on");
  }

  @Test
  void nobodyHasMoreThanTwoHundredOpenedInADayWhicheverWay() throws Exception {
    var agent = new Staff(host, "agent");
    agent.get(customer);
    looksUpTo(200, "work");
    try (var recording = host.calls().record()) {
      var answer = agent.get(customer);

      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.body()).doesNotContain(NAME);
      assertThat(agent.get(agent.newest()).statusCode()).isEqualTo(429);
      assertThat(recording.of("StaffFunction").stream().filter(Staff::unwrapsAPerson)).isEmpty();
    }
  }

  @Test
  void theLimitOfADayIsReachedHoweverLongItsRowsAre() throws Exception {
    var agent = new Staff(host, "agent");
    agent.get(customer);
    looksUpTo(200, "x".repeat(8_000));

    assertThat(agent.get(customer).statusCode()).isEqualTo(429);
  }

  /** As if the one who looked had done it as often today. */
  private void looksUpTo(int count, String reason) {
    var one = new HashMap<>(audit("staff-day#").getFirst());
    one.put("reason", AttributeValue.fromS(reason));
    var now = Timestamp.of(clock.instant());
    tables.copy(
        "audit", one, "at#id", IntStream.range(1, count).mapToObj(it -> now + "#" + it).toList());
  }

  @Test
  void onlyAPageThatSomebodySeesCountsAsALook() throws Exception {
    var agent = new Staff(host, "agent");

    assertThat(agent.head(customer).statusCode()).isEqualTo(405);
    assertThat(agent.get("/staff/customers/nobody").statusCode()).isEqualTo(404);
    assertThat(agent.get(customer + "%20").statusCode()).isEqualTo(404);
    assertThat(new Staff(host, "operator").get(customer).statusCode()).isEqualTo(404);
    assertThat(audit("staff-")).as("nothing that anybody types becomes a row").isEmpty();
  }

  @Test
  void whoHasLostTheirRoleSeesNothingOnceTheSessionIsOver() throws Exception {
    var agent = new Staff(host, "agent");
    clock.advance(Duration.ofMinutes(16));
    try (var recording = host.calls().record()) {
      var answer = agent.get(customer);

      assertThat(answer.statusCode()).isEqualTo(303);
      assertThat(answer.body()).doesNotContain(NAME);
      assertThat(recording.of("StaffFunction").stream().filter(Staff::unwrapsAPerson)).isEmpty();
    }
  }

  @Test
  void whoWasErasedIsSeenByNobodyAndWhoLookedStaysOnRecord() throws Exception {
    var agent = new Staff(host, "agent");
    agent.get(customer);
    Requests.asked(this, ada, "erase").woken();

    assertThat(agent.get(customer).statusCode()).isEqualTo(404);
    assertThat(audit("staff-customer#" + number))
        .singleElement()
        .satisfies(row -> assertThat(row.toString()).doesNotContain(NAME, ada.address, "canary"));
  }

  @Test
  void aCustomerWhoseRecordCannotBeReadIsToldOfAndNothingOfItIsShown() throws Exception {
    var row =
        new HashMap<>(
            tables.items("customers").stream()
                .filter(it -> Tables.text(it, "customerId").equals(number))
                .findFirst()
                .orElseThrow());
    row.put("ciphertext", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[64])));
    host.operator().dynamoDb().putItem(put -> put.tableName("customers").item(row));

    var answer = new Staff(host, "agent").get(customer);

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("cannot be read").doesNotContain(NAME, ada.address);
    assertThat(audit("staff-customer#" + number)).hasSize(1);
  }

  @Test
  void aRoleSeesOfACustomerWhatCameByItsOwnFormsOnly() throws Exception {
    ada.rates(7);
    var mine = role(Set.of("feedback"));

    assertThat(open(mine))
        .isInstanceOfSatisfying(
            Opened.Shown.class,
            shown -> {
              var seen = (SeenCustomer) shown.what();
              assertThat(seen.entries()).extracting(Entries.Summary::form).containsOnly("feedback");
              assertThat(seen.values())
                  .extracting(SeenCustomer.Value::form)
                  .isNotEmpty()
                  .containsOnly("feedback");
              assertThat(seen.toString()).doesNotContain(NAME, FORMER, "canary");
              assertThat(seen.consents()).isEmpty();
            });
    assertThat(Tables.text(audit("staff-customer#" + number).getLast(), "fields").split(" "))
        .contains("score")
        .doesNotContain("message");
    var before = audit("staff-").size();
    assertThat(open(role(Set.of("newsletter")))).isInstanceOf(Opened.Missing.class);
    assertThat(audit("staff-")).as("nobody learns that there is somebody").hasSize(before);
  }

  @Test
  void aRoleWithSomeFormsLearnsNeitherOfAHoldNorWhoWasToldOfWhatCameByOthers() throws Exception {
    ada.rates(7);
    new Staff(host, "admin").posts(customer, Map.of("ground", "§ 147 AO"));
    tell("zoho", List.of("name", "phone"));
    tell("survey", List.of("score", "name"));

    assertThat(open(role(Set.of("feedback"))))
        .isInstanceOfSatisfying(
            Opened.Shown.class,
            shown -> {
              var seen = (SeenCustomer) shown.what();
              assertThat(seen.passedOn())
                  .singleElement()
                  .satisfies(
                      told -> {
                        assertThat(told.target()).isEqualTo("survey");
                        assertThat(told.fields()).containsOnly("score");
                      });
              assertThat(seen.hold()).isEmpty();
              assertThat(seen.toString()).doesNotContain("147 AO", "zoho");
            });
  }

  @Test
  void whoLookedAtAnEntryThatARoleDoesNotSeeIsNotToldToIt() throws Exception {
    var agent = new Staff(host, "agent");
    agent.get(agent.newest());
    ada.rates(7);

    assertThat(open(role(Set.of("feedback"))))
        .isInstanceOfSatisfying(
            Opened.Shown.class,
            shown ->
                assertThat(((SeenCustomer) shown.what()).looks())
                    .noneMatch(it -> it.role().equals("agent")));
  }

  @Test
  void theCopyThatAPersonGetsSaysWhoLookedInWhichRoleAndWhyAndNamesNobody() throws Exception {
    new Staff(host, "agent").get(customer);
    clock.advance(Duration.ofSeconds(1));
    new Staff(host, "privacy").posts(customer, Map.of("reason", "complaint"));

    var request = Requests.asked(this, ada, "access");

    var copy = Json.MAPPER.readTree(request.file("copy.json").body());
    assertThat(copy.path("looks").findValuesAsText("role")).containsExactly("privacy", "agent");
    assertThat(copy.path("looks").findValuesAsText("reason")).containsExactly("complaint", "work");
    assertThat(request.page().body())
        .contains("Who of ours looked at it", "A complaint", "It was their work");
    assertThat(copy + request.page().body())
        .doesNotContain("local-agent", "The agent", "local-privacy");
  }

  @Test
  void theCopyNamesWhoLookedIfTheOwnerSaysSo() throws Exception {
    open(role(Set.of("contact")));

    var request = Requests.asked(this, ada, "access");

    var copy = Json.MAPPER.readTree(request.file("copy.json").body());
    assertThat(copy.path("looks").findValuesAsText("who")).containsExactly("Grace Hopper");
    assertThat(request.page().body()).contains("Grace Hopper").doesNotContain("local-grace");
  }

  @Test
  void whoLookedInAWayThatNobodyKnowsKeepsNobodyFromTheirCopy() throws Exception {
    var agent = new Staff(host, "agent");
    agent.get(customer);
    var row = new HashMap<>(audit("staff-customer#").getFirst());
    row.put("reason", AttributeValue.fromS("a-reason-of-before"));
    host.operator().dynamoDb().putItem(put -> put.tableName("audit").item(row));
    row.put("at#id", AttributeValue.fromS("nonsense"));
    host.operator().dynamoDb().putItem(put -> put.tableName("audit").item(row));

    var request = Requests.asked(this, ada, "access");

    assertThat(request.page().body()).contains("a-reason-of-before");
    assertThat(agent.get(customer).body()).contains("a-reason-of-before");
  }

  @Test
  void whoMayHoldsACustomerAgainstAnErasureAndLiftsTheHold() throws Exception {
    var admin = new Staff(host, "admin");
    var held = admin.posts(customer, Map.of("ground", "§ 147 AO"));

    assertThat(Staff.location(held)).startsWith(customer + "?done=held");
    assertThat(admin.get(Staff.location(held)).body())
        .contains("must not be erased from now on")
        .doesNotContain(NAME);
    assertThat(audit("staff-day#")).as("that it was done opens nobody").isEmpty();
    Requests.asked(this, ada, "erase").woken();
    assertThat(admin.get(customer).body()).contains("§ 147 AO", NAME);
    assertThat(new Staff(host, "viewer").get(customer).body()).doesNotContain("147 AO");

    assertThat(Staff.location(admin.posts(customer, Map.of("lift", "yes"))))
        .startsWith(customer + "?done=lifted");
    Requests.asked(this, ada, "erase").woken();
    assertThat(admin.get(customer).statusCode()).isEqualTo(404);
    assertThat(
            audit("staff-customer#" + number).stream()
                .filter(it -> Tables.text(it, "action").equals("ordered"))
                .map(it -> Tables.text(it, "who") + " " + Tables.text(it, "to")))
        .containsExactly("local-admin hold", "local-admin lift");
    assertThat(tables.items("audit").toString() + host.logs()).doesNotContain("147 AO");
  }

  @Test
  void aHoldIsForWhoMayAndNeedsAGround() throws Exception {
    var agent = new Staff(host, "agent");
    assertThat(agent.get(customer).body()).doesNotContain("name=\"ground\"");
    assertThat(agent.posts(customer, Map.of("ground", "Because")).statusCode()).isEqualTo(404);
    assertThat(agent.posts(customer, Map.of("lift", "yes")).statusCode()).isEqualTo(404);
    var admin = new Staff(host, "admin");
    assertThat(admin.posts(customer, Map.of("ground", "  ")).statusCode()).isEqualTo(400);
    assertThat(admin.posts(customer, Map.of("ground", "x".repeat(501))).statusCode())
        .isEqualTo(400);
    assertThat(admin.posts("/staff/customers/nobody", Map.of("ground", "x")).statusCode())
        .isEqualTo(404);

    assertThat(new Records(host).of(ada.address).hold()).isNull();
    assertThat(audit("staff-customer#")).filteredOn(it -> it.containsKey("to")).isEmpty();
  }

  @Test
  void nobodyIsHeldIfTheAuditCannotSayWhoOrderedIt() throws Exception {
    var admin = new Staff(host, "admin");
    disturb("PutItem");

    assertThat(admin.posts(customer, Map.of("ground", "§ 147 AO")).statusCode()).isEqualTo(503);

    CallInterceptor.calm();
    assertThat(new Records(host).of(ada.address).hold()).isNull();
  }

  @Test
  void ifTheOrderFailsThePageSaysThatItIsNotClear() throws Exception {
    var admin = new Staff(host, "admin");
    disturb("Invoke");

    var answer = admin.posts(customer, Map.of("ground", "§ 147 AO"));

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("Nobody can say whether that was done");
  }

  @Test
  void aNoteIsSealedWithThePersonsKeyIsInTheirCopyAndGoesWithThem() throws Exception {
    var agent = new Staff(host, "agent");

    var noted = agent.posts(customer, note("They want a canary in March", "2026-11-20"));

    assertThat(Staff.location(noted)).startsWith(customer + "?done=noted");
    assertThat(audit("staff-day#")).as("it takes the person's key, and counts").hasSize(1);
    assertThat(agent.get(customer).body())
        .contains("They want a canary in March", "Reached by phone on November 20, 2026");
    assertThat(tables.items("notes")).hasSize(1);
    assertThat(tables.items("notes").toString() + tables.items("audit") + host.logs())
        .doesNotContain("canary in March");
    var access = Requests.asked(this, ada, "access");
    var copy = Json.MAPPER.readTree(access.file("copy.json").body()).at("/notes/0");
    assertThat(copy.path("text").asText()).isEqualTo("They want a canary in March");
    assertThat(copy.path("kind").asText()).isEqualTo("phone");
    assertThat(copy.path("on").asText()).isEqualTo("2026-11-20");
    assertThat(copy.path("role").asText()).isEqualTo("agent");
    assertThat(copy.toString()).doesNotContain("local-agent");
    assertThat(access.page().body())
        .contains("“They want a canary in March”", "We reached you by phone on November 20, 2026");
    Requests.asked(this, ada, "erase").woken();
    assertThat(tables.items("notes")).isEmpty();
  }

  @Test
  void twoNotesAtTheSameTimeAreBothThereAndOneThatIsSentTwiceIsOne() throws Exception {
    var agent = new Staff(host, "agent");
    var admin = new Staff(host, "admin");
    var first = note("The first", "");
    var second = note("The second", "");
    var barrier = new CyclicBarrier(3);
    try (var threads = Executors.newFixedThreadPool(3)) {
      var answers = new ArrayList<Future<HttpResponse<String>>>();
      for (var one : List.of(Map.entry(agent, first), Map.entry(admin, second))) {
        answers.add(
            threads.submit(
                () -> {
                  barrier.await();
                  return one.getKey().posts(customer, one.getValue());
                }));
      }
      answers.add(
          threads.submit(
              () -> {
                barrier.await();
                return new Staff(host, "agent").posts(customer, first);
              }));
      for (var answer : answers) {
        assertThat(answer.get().statusCode()).isEqualTo(303);
      }
    }

    assertThat(tables.items("notes")).hasSize(2);
    assertThat(agent.get(customer).body()).contains("The first", "The second");
  }

  @Test
  void aNoteOnSomebodyWhoIsJustBeingErasedIsNotLeft() throws Exception {
    var agent = new Staff(host, "agent");
    var erasure = new AtomicReference<Requests>();
    CallInterceptor.disturb(
        new Disturbance() {
          @Override
          public void before(Call call) {
            if (call.function().equals("StaffFunction")
                && call.operation().equals("TransactWriteItems")
                && call.request().toString().contains("ciphertext")
                && erasure.get() == null) {
              try {
                erasure.set(Requests.asked(StaffCustomerTest.this, ada, "erase"));
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            }
          }
        });

    var answer = agent.posts(customer, note("Too late", ""));

    assertThat(erasure.get()).isNotNull();
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(tables.items("notes")).isEmpty();
  }

  @Test
  void aNoteThatAVersionOfBeforeHasLeftOfSomebodyErasedGoesInTheDailyRun() throws Exception {
    var agent = new Staff(host, "agent");
    agent.posts(customer, note("Left over", ""));
    var row = new HashMap<>(tables.items("notes").getFirst());
    Requests.asked(this, ada, "erase").woken();
    host.operator().dynamoDb().putItem(put -> put.tableName("notes").item(row));
    var grace = somebody();
    grace.becomesACustomer(Map.of());
    var hers = "/staff/customers/" + new Records(host).customerId(grace.address);
    agent.posts(hers, note("About Grace", ""));

    new Backups(host).returns("DeadlineFunction", Map.of());

    assertThat(tables.items("notes")).hasSize(1);
    assertThat(agent.get(hers).body()).contains("About Grace");
  }

  @Test
  void aNoteHasItsRowInTheAuditBeforeTheKeyIsUnwrappedAndDyingBetweenLeavesNone() throws Exception {
    var agent = new Staff(host, "agent");
    try (var recording = host.calls().record()) {
      agent.posts(customer, note("One", ""));
      var calls = recording.of("StaffFunction");
      assertThat(calls.stream().map(CallLog.Call::operation).toList())
          .containsSubsequence("TransactWriteItems", "Decrypt", "TransactWriteItems");
      assertThat(calls.stream().filter(Staff::unwrapsAPerson)).hasSize(1);
    }
    disturb("Decrypt");

    assertThat(agent.posts(customer, note("Two", "")).statusCode()).isEqualTo(503);

    assertThat(audit("staff-customer#" + number).stream().map(it -> Tables.text(it, "action")))
        .containsExactly("noted", "noted");
    assertThat(tables.items("notes")).hasSize(1);
  }

  @Test
  void aNoteIsForWhoMayAndIsSeenByWhoMay() throws Exception {
    var viewer = new Staff(host, "viewer");
    assertThat(viewer.posts(customer, note("x", "")).statusCode()).isEqualTo(404);
    var agent = new Staff(host, "agent");
    assertThat(agent.posts(customer, note("  ", "")).statusCode()).isEqualTo(400);
    assertThat(agent.posts(customer, note("x".repeat(2001), "")).statusCode()).isEqualTo(400);
    assertThat(agent.posts(customer, note("x", "yesterday")).statusCode()).isEqualTo(400);
    assertThat(agent.posts("/staff/customers/nobody", note("x", "")).statusCode()).isEqualTo(404);
    assertThat(tables.items("notes")).isEmpty();
    assertThat(audit("staff-customer#")).isEmpty();

    agent.posts(customer, note("A canary that sings", ""));

    assertThat(viewer.get(customer).body()).contains("Notes", "•••").doesNotContain("sings");
    assertThat(agent.get(customer).body()).contains("sings").doesNotContain("local-agent");
    assertThat(new Staff(host, "admin").get(customer).body()).contains("sings", "local-agent");
    assertThat(open(role(Set.of("contact"))).toString())
        .as("who has to do with some forms only")
        .doesNotContain("sings");
  }

  @Test
  void aCustomerHasNoMoreNotesThanAPageHasRoomFor() throws Exception {
    var agent = new Staff(host, "agent");
    var last = note("The last", "");
    agent.posts(customer, last);
    copyTheNote(199);

    assertThat(agent.posts(customer, note("One more", "")).statusCode()).isEqualTo(409);
    assertThat(agent.posts(customer, last).statusCode()).as("it is there").isEqualTo(303);
    assertThat(tables.items("notes")).hasSize(200);
  }

  @Test
  void whatIsOlderThanTheNewestNotesIsLeftOutOfPageAndCopyWhichSaySo() throws Exception {
    var agent = new Staff(host, "agent");
    agent.posts(customer, note("The oldest", ""));
    clock.advance(Duration.ofSeconds(1));
    add(IntStream.range(0, 200).mapToObj(it -> "note " + it).toList());

    assertThat(agent.get(customer).body())
        .contains("note 0", "note 199", "There are older ones than these.")
        .doesNotContain("The oldest");
    var access = Requests.asked(this, ada, "access");
    var copy = Json.MAPPER.readTree(access.file("copy.json").body());
    assertThat(copy.path("notes")).hasSize(200);
    assertThat(copy.path("moreNotes").asBoolean()).isTrue();
    assertThat(access.page().body())
        .contains("There are older notes than these.")
        .doesNotContain("The oldest");
  }

  @Test
  void whoHasHadTwoHundredOpenedWritesNoNoteAndEachNoteCounts() throws Exception {
    var agent = new Staff(host, "agent");
    agent.posts(customer, note("The first", ""));
    looksUpTo(200, "work");
    try (var recording = host.calls().record()) {
      assertThat(agent.posts(customer, note("One more", "")).statusCode()).isEqualTo(429);
      assertThat(recording.of("StaffFunction").stream().filter(Staff::unwrapsAPerson)).isEmpty();
    }
    assertThat(tables.items("notes")).hasSize(1);
  }

  /** Rows of a note, which are counted and not read. */
  private void copyTheNote(int count) {
    tables.copy(
        "notes",
        tables.items("notes").getFirst(),
        "noteId",
        IntStream.range(0, count).mapToObj(it -> "note-" + it).toList());
  }

  /** Writes notes as a version of before would have, which had no limit. */
  private void add(List<String> texts) throws Exception {
    var cipher = known(host.operator().dynamoDb()).find(number).orElseThrow().cipher();
    var rows = new ArrayList<Map<String, AttributeValue>>();
    for (var text : texts) {
      var note = new Note(Note.PLAIN, null, text, "agent", "local-agent", null, Map.of());
      var row = cipher.encrypt(note, text.replace(' ', '-'), clock.instant());
      rows.add(
          Map.of(
              "customerId", AttributeValue.fromS(row.customerId()),
              "noteId", AttributeValue.fromS(row.noteId()),
              "createdAt", AttributeValue.fromS(Timestamp.of(row.createdAt())),
              "ciphertext", AttributeValue.fromB(SdkBytes.fromByteArray(row.ciphertext()))));
    }
    tables.put("notes", rows);
  }

  @Test
  void aNoteThatSomebodyHasChangedIsShownToNobody() throws Exception {
    var agent = new Staff(host, "agent");
    agent.posts(customer, note("True", ""));
    var row = new HashMap<>(tables.items("notes").getFirst());
    row.put("createdAt", AttributeValue.fromS(Timestamp.of(clock.instant().plusSeconds(1))));
    host.operator().dynamoDb().putItem(put -> put.tableName("notes").item(row));

    assertThat(agent.get(customer).statusCode()).isEqualTo(500);
    assertThat(agent.get(customer).body()).doesNotContain("True");
  }

  /** Somebody was told of the customer, and of a withdrawal. */
  private void tell(String target, List<String> fields) {
    host.operator()
        .dynamoDb()
        .putItem(
            put ->
                put.tableName("recipients")
                    .item(
                        Map.of(
                            "customerId", AttributeValue.fromS(number),
                            "target", AttributeValue.fromS(target),
                            "country", AttributeValue.fromS("IN"),
                            "fields", AttributeValue.fromSs(fields),
                            "since", AttributeValue.fromS(Timestamp.of(clock.instant())),
                            "withdrawnAt", AttributeValue.fromS(Timestamp.of(clock.instant())),
                            "withdrawal", AttributeValue.fromS("told"),
                            "withdrawalAnsweredAt",
                                AttributeValue.fromS(Timestamp.of(clock.instant())))));
  }

  private static Map<String, String> note(String text, String on) {
    var id = new byte[16];
    ThreadLocalRandom.current().nextBytes(id);
    var once = Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    return Map.of("note", text, "on", on, "once", once);
  }

  private static Role role(Set<String> forms) {
    return new Role(forms, Sight.PLAIN, Sight.PLAIN, Set.of(Right.OPEN));
  }

  /** As a role that is not shipped would open it. */
  private Opened<SeenCustomer> open(Role role) {
    var dynamoDb = host.operator().dynamoDb();
    var identities = new Identities(dynamoDb, "identities");
    var audit = new StaffAudit(dynamoDb, "audit", Duration.ofDays(365), true);
    var openCustomer =
        new OpenCustomer(
            new Forms(),
            new Entries(dynamoDb, "entries"),
            known(dynamoDb),
            new Dealings(
                new Recipients(dynamoDb, identities, "recipients"),
                new StaffLooks(dynamoDb, "audit"),
                new KnownNotes(new Notes(dynamoDb, identities, "notes"))),
            new LookLimit(200, audit, clock),
            audit,
            clock);
    var grace = new StaffAudit.Person("grace", "local-grace", "own", "Grace Hopper");
    var request = Instant.now().toString();
    return openCustomer.run(
        number,
        new OpenEntry.Wish(grace, new Roles.Acting("own", role), Roles.WORK, "en", request));
  }

  private CustomersByNumber known(DynamoDbClient dynamoDb) {
    var keysetKey = new Records(host).keysetKey();
    var identities = new Identities(dynamoDb, "identities");
    return new CustomersByNumber(
        identities,
        new KnownCustomers(
            new CustomerRows(dynamoDb, identities, new Customers(dynamoDb, "customers")),
            new CustomerKeys(keysetKey),
            new IdentityBinding(
                new SystemKeys(dynamoDb, "system-keys"),
                new BindingPass(dynamoDb, "system-keys"),
                keysetKey,
                clock)));
  }

  private List<Map<String, AttributeValue>> audit(String prefix) {
    return tables.items("audit").stream()
        .filter(it -> Tables.text(it, "customerId").startsWith(prefix))
        .filter(it -> !Tables.text(it, "customerId").startsWith("staff-session#"))
        .filter(it -> !Tables.text(it, "customerId").startsWith("staff-list#"))
        .sorted(Comparator.comparing(it -> Tables.text(it, "at#id")))
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
              throw SdkClientException.create("it dies here");
            }
          }
        });
  }
}
