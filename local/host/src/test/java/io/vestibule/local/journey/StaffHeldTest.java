package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Destination;
import io.vestibule.core.RowId;
import io.vestibule.core.Timestamp;
import io.vestibule.local.chaos.Call;
import io.vestibule.local.chaos.CallInterceptor;
import io.vestibule.local.chaos.Disturbance;
import io.vestibule.local.gateway.CallLog;
import io.vestibule.local.iam.Access;
import io.vestibule.local.iam.Decision;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What staff see of what is held, what they decide about it, and what stands on record of it. */
class StaffHeldTest extends Journey {

  private static final String NAME = "Canary Byron";
  private static final String LIST = "/staff/held?reason=spam";

  private Person ada;
  private String spam;
  private SavedTables before;

  @Override
  protected Map<String, String> parameters() {
    return Map.of("StaffSignIn", "oidc");
  }

  @BeforeAll
  void somethingIsHeld() throws Exception {
    ada = somebody();
    spam = held(ada);
    before = SavedTables.of(tables);
  }

  @BeforeEach
  void asItWas() throws Exception {
    before.setBack();
  }

  private String held(Person sender) throws Exception {
    var id = sender.submits(Map.of("_gotcha", "filled in", "name", NAME));
    host.drain(LIMIT);
    assertThat(status(id)).isEqualTo("HELD");
    return id;
  }

  @AfterEach
  void calm() {
    CallInterceptor.calm();
  }

  @Test
  void itIsToldHowManyAreHeldAndWhyAndNobodyIsOpenedForIt() throws Exception {
    var agent = new Staff(host, "agent");
    try (var recording = host.calls().record()) {
      assertThat(agent.get("/staff/").body())
          .contains("Held: Looks like spam")
          .contains("<b>1</b>");
      assertThat(agent.get("/staff/held").body())
          .contains("Looks like spam")
          .contains("A trap was filled in");
      assertThat(agent.get(LIST).body())
          .contains("/staff/held/" + spam)
          .contains("value=\"" + spam + "\"")
          .doesNotContain(NAME, ada.address);
      assertThat(recording.of("StaffFunction").stream().filter(StaffHeldTest::unseals)).isEmpty();
    }
    assertThat(audit("staff-list#"))
        .extracting(it -> Tables.text(it, "list"))
        .containsExactlyInAnyOrder("held", "held-spam");
  }

  @Test
  void itIsOpenedAfterTheAuditSaysWhoAndWhy() throws Exception {
    var agent = new Staff(host, "agent");

    assertThat(agent.get("/staff/held/" + spam).body())
        .contains(NAME)
        .contains("A stranger wrote this");

    var row = audit("staff-row#" + spam).getLast();
    assertThat(Tables.text(row, "action")).isEqualTo("opened");
    assertThat(Tables.text(row, "who")).isEqualTo("local-agent");
    assertThat(Tables.text(row, "reason")).isEqualTo("work");
    assertThat(Tables.text(row, "fields")).contains("email name");
    assertThat(Tables.text(audit("staff-day#").getLast(), "row")).isEqualTo(spam);
    assertThat(agent.head("/staff/held/" + spam).statusCode()).isEqualTo(405);
    assertThat(audit("staff-day#")).hasSize(1);
  }

  @Test
  void anOrderThatFailsIsToldAsSuchAndCanBeGivenAgain() throws Exception {
    var agent = new Staff(host, "agent");
    disturb("ReconcileFunction", "UpdateItem");

    var answer = decides(agent, "reject", "spam", List.of(spam));

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("Nobody can say whether that was done");
    CallInterceptor.calm();
    assertThat(decides(agent, "reject", "spam", List.of(spam)).statusCode()).isEqualTo(303);
  }

  @Test
  void theDoorAndWhoeverTakesItOverCanGiveNoOrder() {
    var name =
        host.stack()
            .function("StaffFunction")
            .orElseThrow()
            .environment()
            .get("RECONCILE_FUNCTION");
    var arn =
        "arn:aws:lambda:%s:%s:function:%s"
            .formatted(host.stack().region(), host.stack().account(), name);
    var order = new Access("lambda:InvokeFunction", arn, Map.of());

    assertThat(host.authorizer().decide("StaffDoorFunction", List.of(order)))
        .isNotInstanceOf(Decision.Allowed.class);
    assertThat(host.authorizer().decide("StaffFunction", List.of(order)))
        .isInstanceOf(Decision.Allowed.class);
  }

  @Test
  void nothingIsOpenedIfTheAuditCannotBeWritten() throws Exception {
    var agent = new Staff(host, "agent");
    disturb("StaffFunction", "TransactWriteItems");
    try (var recording = host.calls().record()) {
      var answer = agent.get("/staff/held/" + spam);

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).doesNotContain(NAME);
      assertThat(recording.of("StaffFunction").stream().filter(StaffHeldTest::unseals)).isEmpty();
    }
  }

  @Test
  void whatARoleDoesNotSeeIsInNoByteOfAnAnswer() throws Exception {
    var viewer = new Staff(host, "viewer");
    for (var answer :
        List.of(
            viewer.get("/staff/held/" + spam),
            viewer.get("/staff/held/" + spam + "?lang=de"),
            viewer.posts("/staff/held/" + spam, Map.of("reason", "complaint")),
            viewer.get(LIST))) {
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body() + answer.headers().map()).doesNotContain(NAME, "Byron", ada.address);
    }
    var privacy = new Staff(host, "privacy");
    assertThat(privacy.get("/staff/held/" + spam).body()).doesNotContain(NAME, ada.address);
    assertThat(privacy.posts("/staff/held/" + spam, Map.of("reason", "complaint")).body())
        .contains(NAME);
    assertThat(String.valueOf(host.logs().get("StaffFunction"))).doesNotContain(NAME, ada.address);
  }

  @Test
  void severalAreDecidedInOnePressAndGoOnOrEnd() throws Exception {
    var grace = somebody();
    var other = held(grace);
    var agent = new Staff(host, "agent");

    var answer = decides(agent, "release", "spam", List.of(spam, other));

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(Staff.location(answer)).startsWith("/staff/held?reason=spam");
    host.drain(LIMIT);
    assertThat(ada.link(spam)).isNotNull();
    assertThat(grace.link(other)).isNotNull();
    for (var id : List.of(spam, other)) {
      var row = audit("staff-row#" + id).getLast();
      assertThat(Tables.text(row, "action")).isEqualTo("decided");
      assertThat(Tables.text(row, "to")).isEqualTo("release");
      assertThat(Tables.text(row, "reason")).isEqualTo("spam");
      assertThat(Tables.text(row, "who")).isEqualTo("local-agent");
    }
    var third = held(somebody());
    assertThat(decides(agent, "reject", "spam", List.of(third)).statusCode()).isEqualTo(303);
    assertThat(status(third)).isEqualTo("ERASED");
    assertThat(tables.submission(third)).doesNotContainKey("sealed");
  }

  @Test
  void aSecondPressChangesNothingAndSaysSo() throws Exception {
    var agent = new Staff(host, "agent");
    decides(agent, "reject", "spam", List.of(spam));
    var before = tables.submission(spam);

    var answer = decides(agent, "release", "spam", List.of(spam));

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("Not all of it was done").contains("Done: 0.");
    assertThat(tables.submission(spam)).isEqualTo(before);
  }

  @Test
  void whatHasMovedMeanwhileIsLeftAloneAndTheRestIsDone() throws Exception {
    var other = held(somebody());
    tables.set(other, Map.of("reason", "capped"));

    var answer = decides(new Staff(host, "agent"), "reject", "spam", List.of(spam, other));

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("Done: 1.");
    assertThat(status(spam)).isEqualTo("ERASED");
    assertThat(status(other)).isEqualTo("HELD");
    assertThat(audit("staff-row#" + other)).as("nothing was decided about it").isEmpty();
  }

  @Test
  void ofTwoWhoDecideAtOnceOneIsHeardAndTheOtherIsTold() throws Exception {
    var barrier = new CyclicBarrier(2);
    var agent = new Staff(host, "agent");
    var admin = new Staff(host, "admin");
    List<HttpResponse<String>> answers;
    try (var threads = Executors.newFixedThreadPool(2)) {
      answers =
          threads
              .invokeAll(
                  Stream.of(agent, admin)
                      .<Callable<HttpResponse<String>>>map(
                          it ->
                              () -> {
                                barrier.await();
                                return decides(it, "reject", "spam", List.of(spam));
                              })
                      .toList())
              .stream()
              .map(Future::resultNow)
              .toList();
    }
    assertThat(answers).extracting(HttpResponse::statusCode).containsExactlyInAnyOrder(303, 409);
    assertThat(status(spam)).isEqualTo("ERASED");
  }

  @Test
  void whoDiesBetweenTheAuditAndTheOrderHasDecidedNothing() throws Exception {
    var agent = new Staff(host, "agent");
    disturb("StaffFunction", "Invoke");

    assertThat(decides(agent, "reject", "spam", List.of(spam)).statusCode()).isEqualTo(503);

    assertThat(status(spam)).isEqualTo("HELD");
    assertThat(audit("staff-row#" + spam)).as("a row too many").hasSize(1);
    CallInterceptor.calm();
    assertThat(decides(agent, "reject", "spam", List.of(spam)).statusCode()).isEqualTo(303);
  }

  @Test
  void theFirstPageIsThereThoughNobodyCanTellWhatIsHeld() throws Exception {
    var agent = new Staff(host, "agent");
    disturb("ReconcileFunction", "Query");

    assertThat(agent.get("/staff/").body()).contains("<b>?</b>");
    assertThat(agent.get("/staff/held").statusCode()).isEqualTo(503);
  }

  @Test
  void whoMayNotDecidesNothingAndSeesNoButton() throws Exception {
    var request = ada.asks("access");
    host.drain(LIMIT);
    tables.setStatus(request, "VERIFIED"); // Without a proof.
    host.drain(LIMIT);
    assertThat(status(request)).isEqualTo("HELD");
    var before = List.of(tables.submission(spam), tables.row("requests", request));
    for (var role : List.of("viewer", "privacy", "operator")) {
      var staff = new Staff(host, role);
      assertThat(staff.get(LIST).body()).doesNotContain("value=\"reject\"");
      assertThat(decides(staff, "reject", "spam", List.of(spam)).statusCode()).isEqualTo(404);
    }
    for (var role : List.of("viewer", "agent", "operator")) {
      var staff = new Staff(host, role);
      assertThat(staff.get("/staff/held/" + request).statusCode()).isEqualTo(404);
      assertThat(staff.get("/staff/held?reason=forged").body()).doesNotContain(request);
      assertThat(
              staff
                  .posts("/staff/held/" + request, Map.of("decision", "reject", "for", "forged"))
                  .statusCode())
          .isEqualTo(404);
    }
    assertThat(before).isEqualTo(List.of(tables.submission(spam), tables.row("requests", request)));
    assertThat(audit("staff-row#")).isEmpty();
    var privacy = new Staff(host, "privacy");
    assertThat(privacy.get("/staff/held?reason=forged").body()).contains(request);
    assertThat(
            privacy
                .posts("/staff/held/" + request, Map.of("decision", "reject", "for", "forged"))
                .statusCode())
        .isEqualTo(303);
    assertThat(status(request)).isEqualTo("ERASED");
  }

  @Test
  void whatMayBeThereOnPurposeIsDecidedOnItsOwnPageOnly() throws Exception {
    var other = held(somebody());
    tables.set(spam, Map.of("reason", "forged"));
    tables.set(other, Map.of("reason", "forged"));
    var admin = new Staff(host, "admin");

    assertThat(admin.get("/staff/held?reason=forged").body()).doesNotContain("type=\"checkbox\"");
    assertThat(decides(admin, "reject", "forged", List.of(spam, other)).statusCode())
        .isEqualTo(404);
    assertThat(status(spam)).isEqualTo("HELD");
    admin.posts("/staff/held/" + spam, Map.of("decision", "reject", "for", "forged"));
    assertThat(status(spam)).isEqualTo("ERASED");
    assertThat(status(other)).isEqualTo("HELD");
  }

  @Test
  void whatCannotBeReadIsSaidSoAndCanBeDecidedAbout() throws Exception {
    var row = new HashMap<>(tables.submission(spam));
    row.put("sealingKey", AttributeValue.fromS("gone"));
    row.put("reason", AttributeValue.fromS("unreadable"));
    tables.put("submissions", List.of(row));
    var admin = new Staff(host, "admin");

    assertThat(admin.get("/staff/held/" + spam).body())
        .contains("What is stored does not open")
        .contains("value=\"reject\"");
    admin.posts("/staff/held/" + spam, Map.of("decision", "reject", "for", "unreadable"));
    assertThat(status(spam)).isEqualTo("ERASED");
  }

  @Test
  void aFloodIsReadAPageAtATime() throws Exception {
    tables.clear("submissions");
    flood(120);
    var agent = new Staff(host, "agent");
    var next = "/staff/held?reason=mail-failed";
    var seen = new ArrayList<Integer>();
    var ids = new HashSet<String>();
    while (!next.isEmpty()) {
      try (var recording = host.calls().record()) {
        var page = agent.get(next).body();
        var found = page.split("type=\"checkbox\" id=\"", -1);
        Stream.of(found).skip(1).forEach(it -> ids.add(it.substring(0, 23)));
        seen.add(found.length - 1);
        next =
            page.contains("&amp;after=")
                ? page.replaceFirst("(?s).*href=\"([^\"]*&amp;after=[^\"]*)\".*", "$1")
                    .replace("&amp;", "&")
                : "";
        assertThat(recording.of("ReconcileFunction")).hasSizeLessThan(40);
      }
    }
    assertThat(ids).hasSize(120);
    assertThat(seen).startsWith(50, 50).endsWith(20);
    assertThat(agent.get("/staff/").body()).contains("<b>120</b>");
  }

  private void flood(int count) {
    var random = new SecureRandom();
    var rows = new ArrayList<Map<String, AttributeValue>>();
    for (int i = 0; i < count; i++) {
      var id = RowId.random(Destination.STORAGE, random).value();
      var at = Timestamp.of(clock.instant().minus(Duration.ofMinutes(count - i)));
      rows.add(
          Map.of(
              "id", AttributeValue.fromS(id),
              "form", AttributeValue.fromS("contact"),
              "status", AttributeValue.fromS("HELD"),
              "reason", AttributeValue.fromS("mail-failed"),
              "open", AttributeValue.fromS("HELD#" + Math.floorMod(id.hashCode(), 8)),
              "createdAt", AttributeValue.fromS(at)));
    }
    tables.put("submissions", rows);
  }

  private static HttpResponse<String> decides(
      Staff staff, String decision, String reason, List<String> ids) throws Exception {
    return staff.posts("/staff/held", Map.of("decision", decision, "for", reason), "id", ids);
  }

  private String status(String id) {
    var table = id.startsWith("r") ? "requests" : "submissions";
    return Tables.text(tables.row(table, id), "status");
  }

  private List<Map<String, AttributeValue>> audit(String prefix) {
    return tables.items("audit").stream()
        .filter(it -> Tables.text(it, "customerId").startsWith(prefix))
        .sorted(Comparator.comparing(it -> Tables.text(it, "at#id")))
        .toList();
  }

  private static boolean unseals(CallLog.Call call) {
    return call.operation().equals("Decrypt") && call.toString().contains("sealing");
  }

  /** AWS hears no more of what a function wants. */
  private static void disturb(String function, String operation) {
    CallInterceptor.disturb(
        new Disturbance() {
          @Override
          public void before(Call call) {
            if (call.function().equals(function) && call.operation().equals(operation)) {
              throw new IllegalStateException("it dies here");
            }
          }
        });
  }
}
