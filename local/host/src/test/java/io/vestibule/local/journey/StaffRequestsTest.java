package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Timestamp;
import io.vestibule.store.Attributes;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What staff see of what people ask about their own data. */
class StaffRequestsTest extends Journey {

  /** Words of ours, times and numbers: nothing that a program would calculate. */
  private static final Pattern LINE =
      Pattern.compile("r[\\w-]{22},(erase|access|withdraw)?(,[\\w:.-]*){9}");

  private Person ada;
  private SavedTables before;

  @Override
  protected Map<String, String> parameters() {
    return Map.of("StaffSignIn", "oidc");
  }

  @BeforeAll
  void somebodyIsACustomer() throws Exception {
    ada = somebody();
    ada.becomesACustomer(Map.of("name", "Canary Byron"));
    before = SavedTables.of(tables);
  }

  @BeforeEach
  void asTheyWere() throws Exception {
    before.setBack();
  }

  @Test
  void whatIsHeldOfThemIsListedWithTheDaysThatAreLeft() throws Exception {
    var id = held();
    tables.set(
        id, Map.of("dueAt", Timestamp.of(clock.instant().plus(Duration.ofHours(12 * 24 + 1)))));
    var privacy = new Staff(host, "privacy");

    assertThat(privacy.get("/staff/requests").body())
        .contains("A copy of my data", "days left: 12", "Held: Forged", "/staff/held/" + id)
        .contains("No request waits for a legal hold");
    assertThat(privacy.get("/staff/").body()).contains("Requests · days left: 12");
    clock.advance(Duration.ofDays(13));
    var later = new Staff(host, "privacy"); // The session before is over.
    assertThat(later.get("/staff/requests").body()).contains("overdue");
  }

  @Test
  void theFileHasAllThatThereAreAndNothingThatAnybodyTyped() throws Exception {
    var waiting = ada.asks("erase");
    var copy = Requests.asked(this, ada, "access");
    host.drain(LIMIT);
    var admin = new Staff(host, "admin");

    var file = admin.get("/staff/requests.csv");

    assertThat(file.headers().firstValue("content-disposition").orElseThrow())
        .startsWith("attachment; filename=\"requests-");
    assertThat(lines(file))
        .hasSize(2)
        .allMatch(LINE.asMatchPredicate())
        .anyMatch(it -> it.startsWith(waiting + ",erase,") && it.contains(",MAILED,"))
        .anyMatch(it -> it.contains(",access,") && it.contains(",DONE,"));
    assertThat(file.body()).doesNotContain(ada.address, "Canary", customer());
    assertThat(copy).isNotNull();
    assertThat(lists()).contains("requests.csv");
  }

  @Test
  void whatARequestWasIsInTheFileForThreeYearsAfterItsRowIsGone() throws Exception {
    var waiting = ada.asks("erase");
    Requests.asked(this, ada, "access");
    host.drain(LIMIT);
    assertThat(deadline().path("recorded").asInt()).isEqualTo(1);
    assertThat(deadline().path("recorded").asInt()).as("nothing has changed").isZero();
    var before = lines(new Staff(host, "admin").get("/staff/requests.csv"));
    var number = customer();

    tables.clear("requests");
    clock.advance(Duration.ofDays(700));
    tables.expire(clock.instant());

    var file = new Staff(host, "admin").get("/staff/requests.csv");
    assertThat(lines(file))
        .as("the one that was confirmed, as it was")
        .isEqualTo(before.stream().filter(it -> !it.startsWith(waiting)).toList())
        .singleElement(STRING)
        .contains(",access,", ",DONE,");
    assertThat(written().toString()).doesNotContain(ada.address, number, "Canary");
    var row = written().getFirst();
    assertThat(Attributes.seconds(row, "expiresAt"))
        .hasValue(
            Timestamp.parse(Tables.text(row, "createdAt"))
                .plus(Duration.ofDays(1_096))
                .truncatedTo(ChronoUnit.SECONDS));
  }

  @Test
  void whatIsWrittenDownFollowsTheRequestUntilItsEnd() throws Exception {
    var id = held();
    deadline();
    tables.clear("audit");
    tables.set(id, Map.of("verifiedAt", Timestamp.of(clock.instant())));
    assertThat(deadline().path("recorded").asInt()).isEqualTo(1);
    tables.set(id, Map.of("status", "ERASED"));

    assertThat(deadline().path("recorded").asInt()).isEqualTo(1);

    tables.clear("requests");
    assertThat(lines(new Staff(host, "privacy").get("/staff/requests.csv")))
        .singleElement(STRING)
        .startsWith(id)
        .contains(",ERASED,");
  }

  @Test
  void aSecondItemOfARequestKeepsNoOtherFromBeingWrittenDown() throws Exception {
    var id = confirmed();
    deadline();
    var copy = new HashMap<>(written().getFirst());
    copy.put("at#id", AttributeValue.fromS("2026-01-01T00:00:00.000Z#" + id));
    copy.put("createdAt", AttributeValue.fromS(Timestamp.of(clock.instant().minusSeconds(9))));
    tables.put("audit", List.of(copy));
    var other = confirmed();

    assertThat(deadline().path("recorded").asInt()).isEqualTo(1);

    assertThat(written().toString()).contains(other);
  }

  @Test
  void whatWasWrittenDownOfARequestThatHasEndedStaysWhateverItsRowSaysThen() throws Exception {
    var id = confirmed();
    var ended = Timestamp.of(clock.instant());
    tables.set(id, Map.of("status", "DONE", "kind", "erase", "doneAt", ended));
    deadline();
    var settled = written();
    tables.set(id, Map.of("status", "HELD", "kind", "access", "doneAt", "none"));

    assertThat(deadline().path("recorded").asInt()).isEqualTo(1);
    assertThat(deadline().path("recorded").asInt()).as("it is written down once").isZero();

    assertThat(written()).hasSize(2).containsAll(settled);
    assertThat(lines(new Staff(host, "privacy").get("/staff/requests.csv")))
        .singleElement(STRING)
        .contains(",erase,", ",DONE,", ended);
  }

  @Test
  void theFileOfAYearHasThoseThatCameInThen() throws Exception {
    var id = confirmed();
    deadline();
    int year = clock.instant().atOffset(ZoneOffset.UTC).getYear();
    var staff = new Staff(host, "privacy");

    assertThat(staff.get("/staff/requests").body()).contains("/staff/requests.csv?year=" + year);
    assertThat(lines(staff.get("/staff/requests.csv?year=" + year)))
        .singleElement(STRING)
        .startsWith(id);
    assertThat(lines(staff.get("/staff/requests.csv?year=" + (year - 1)))).isEmpty();
    assertThat(lists()).contains("requests.csv " + year);
  }

  @Test
  void requestsAreWrittenDownWhenAllElseIsDoneAsStrangersFillTheirTable() throws Exception {
    confirmed();
    try (var recording = host.calls().record()) {
      deadline();

      var scans =
          recording.of("DeadlineFunction").stream()
              .filter(it -> it.operation().equals("Scan"))
              .map(it -> it.accesses().getFirst().resourceArn())
              .distinct()
              .toList();
      assertThat(scans).hasSizeGreaterThan(1).last(STRING).contains("requests");
    }
  }

  private List<Map<String, AttributeValue>> written() {
    return tables.items("audit").stream()
        .filter(it -> Tables.text(it, "customerId").startsWith("requests#"))
        .toList();
  }

  private String confirmed() throws Exception {
    var id = held();
    tables.set(id, Map.of("verifiedAt", Timestamp.of(clock.instant())));
    return id;
  }

  private JsonNode deadline() {
    return new Backups(host).returns("DeadlineFunction", Map.of());
  }

  @Test
  void whatAPublicFunctionWroteIntoARowMakesNoFormula() throws Exception {
    var id = ada.asks("access");
    host.drain(LIMIT);
    tables.set(
        id,
        Map.of("kind", "=HYPERLINK(1)", "reason", "@SUM(1)", "doneAt", "+1", "dueAt", "-1\r\n=2"));

    var file = new Staff(host, "admin").get("/staff/requests.csv");

    assertThat(lines(file)).hasSize(1).allMatch(LINE.asMatchPredicate());
    assertThat(file.body()).doesNotContain("=", "@", "+");
  }

  @Test
  void whoMayNotSeesNeitherTheListNorTheFileNorTheNumber() throws Exception {
    held();
    for (var role : List.of("agent", "viewer", "operator")) {
      var staff = new Staff(host, role);
      for (var path : List.of("/staff/requests", "/staff/requests.csv")) {
        assertThat(staff.get(path).statusCode()).isEqualTo(404);
      }
      assertThat(staff.get("/staff/").body()).doesNotContain("/staff/requests");
    }
    assertThat(lists()).isEmpty();
  }

  @Test
  void aFloodOfThemIsReadAPageAtATime() throws Exception {
    var rows = new ArrayList<Map<String, AttributeValue>>();
    for (int i = 0; i < 500; i++) {
      var at = Timestamp.of(clock.instant().minus(Duration.ofMinutes(500 - i)));
      rows.add(
          Map.of(
              "id", AttributeValue.fromS("r%022d".formatted(i)),
              "status", AttributeValue.fromS("HELD"),
              "kind", AttributeValue.fromS("erase"),
              "reason", AttributeValue.fromS("budget"),
              "open", AttributeValue.fromS("HELD#" + i % 8),
              "createdAt", AttributeValue.fromS(at)));
    }
    tables.put("requests", rows);
    var privacy = new Staff(host, "privacy");

    var first = privacy.get("/staff/requests").body();

    assertThat(first.split("Erase my data", -1)).hasSizeBetween(350, 402);
    var next = first.replaceFirst("(?s).*href=\"([^\"]*\\?after=[^\"]*)\".*", "$1");
    assertThat(privacy.get(next.replace("&amp;", "&")).body()).contains("Erase my data");
    assertThat(privacy.get("/staff/").body()).contains("+</b>");
    assertThat(lines(privacy.get("/staff/requests.csv"))).hasSize(500);
  }

  /** It says that it was confirmed, and was not. */
  private String held() throws Exception {
    var id = ada.asks("access");
    host.drain(LIMIT);
    tables.setStatus(id, "VERIFIED");
    host.drain(LIMIT);
    return id;
  }

  private String customer() {
    return new Records(host).customerId(ada.address);
  }

  private List<String> lists() {
    return tables.items("audit").stream()
        .filter(it -> it.containsKey("list"))
        .map(it -> Tables.text(it, "list"))
        .toList();
  }

  private static List<String> lines(HttpResponse<String> file) {
    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.body())
        .startsWith("number,asked,received,confirmed,due,state,held,ended,came,entered,second\r\n");
    return file.body().lines().skip(1).toList();
  }
}
