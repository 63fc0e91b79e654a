package io.vestibule.local.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Json;
import io.vestibule.local.host.LocalHost;
import io.vestibule.local.journey.Stranger.Answer;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.altcha.altcha.Altcha;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** A form that asks for work while it is needed: {@code contact}, as it is shipped. */
class WorkOnDemandTest extends Journey {

  private static final String CONTACT = "/forms/contact";
  private static final String JSON = "application/json";
  private static final int BUDGET = 80;

  @Override
  protected Map<String, String> parameters() {
    return Map.of("MailsPerFormAndHour", Integer.toString(BUDGET));
  }

  /** Three hours after whatever happened before: nothing of it counts any more. */
  @BeforeEach
  void calm() {
    var hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
    clock.advance(Duration.between(clock.instant(), hour.plus(Duration.ofHours(3)).plusSeconds(1)));
    askForNoWork();
  }

  /** An attack: 500 posts in an hour held everybody who came after them. */
  @Test
  void whileAFloodUsesUpTheBudgetWhoeverWorksIsMailedAndTheOthersAreHeld() throws Exception {
    assertThat(challenge().isMissingNode()).as("in calm").isTrue();
    flood(BUDGET);
    reconcile();

    var client = new Stranger(host);
    var page = client.gets(CONTACT);
    assertThat(page.body())
        .contains("data-challenge=", "<script src=\"/vestibule.js\" defer></script>")
        .contains("<noscript><p>Very much comes in by this form just now.");
    var idle = somebody();
    long rung = timesOverBudget();
    var idles = id(post(idle, ""));
    assertThat(timesOverBudget()).as("what BudgetAlarm counts").isGreaterThan(rung);
    var worker = somebody();
    var workers = id(post(worker, solution(challenge())));
    host.drain(LIMIT);

    assertThat(tables.status(idles)).isEqualTo("HELD no-work");
    assertThat(idle.mails()).isEmpty();
    assertThat(tables.status(workers)).isEqualTo("MAILED");
    assertThat(worker.mails()).hasSize(1);
    assertThat(tables.submission(workers)).containsKey("worked");
    assertThat(counted("worked#")).isEqualTo(1);

    new Backups(host).returns("ReconcileFunction", Map.of("release", idles));
    host.drain(LIMIT);
    assertThat(tables.status(idles)).as("a person decides").isEqualTo("MAILED");
  }

  @Test
  void onceTheHourAfterTheFloodIsCalmNobodyIsAskedAnyMore() throws Exception {
    flood(BUDGET / 2);
    reconcile();
    assertThat(challenge().isMissingNode()).isFalse();

    clock.advance(Duration.ofHours(1));
    reconcile();
    assertThat(challenge().isMissingNode()).as("in the hour after it").isFalse();

    clock.advance(Duration.ofHours(1));
    reconcile();
    assertThat(challenge().isMissingNode()).isTrue();
    var ada = somebody();
    assertThat(tables.status(id(post(ada, "")))).isEqualTo("MAILED");
  }

  @Test
  void whatComesWithWorkHasABudgetOfItsOwnWhichEndsToo() throws Exception {
    flood(BUDGET);
    flood("worked#", BUDGET);
    reconcile();

    var id = id(post(somebody(), solution(challenge())));

    assertThat(tables.status(id)).isEqualTo("HELD budget");
  }

  /** Wrong work is none: it is held, and not refused. */
  @Test
  void wrongOrOldWorkIsHeldAsNone() throws Exception {
    flood(BUDGET);
    reconcile();

    var wrong = id(post(somebody(), "bm8gc29sdXRpb24="));

    assertThat(tables.status(wrong)).isEqualTo("HELD no-work");
  }

  @Test
  void aNewKeyChangesNothingAboutItAndTheVersionBeforeForgetsItUntilTheNextRun() throws Exception {
    flood(BUDGET);
    reconcile();
    new Backups(host).returns("KeyRotationFunction", Map.of());
    clock.advance(Duration.ofMinutes(6));
    assertThat(challenge().isMissingNode()).isFalse();

    askForNoWork();
    assertThat(challenge().isMissingNode()).isTrue();
    reconcile();
    assertThat(challenge().isMissingNode()).isFalse();
  }

  /** Who may write the key could read what is posted from then on. */
  @Test
  void whoDecidesAboutWorkCannotChangeTheKey() {
    var reconciler = as("ReconcileFunction");
    var before = publicRow();

    for (var change : new String[] {"SET keyset = :x", "SET id = :x", "REMOVE keyset"}) {
      assertThatThrownBy(
              () ->
                  reconciler.updateItem(
                      update -> {
                        update
                            .tableName("sealing-keys")
                            .key(Map.of("name", AttributeValue.fromS("public")))
                            .updateExpression(change);
                        if (change.contains(":x")) {
                          update.expressionAttributeValues(Map.of(":x", AttributeValue.fromS("x")));
                        }
                      }))
          .isInstanceOf(DynamoDbException.class)
          .hasMessageContaining("not authorized");
    }
    assertThat(publicRow()).isEqualTo(before);
  }

  private Map<String, AttributeValue> publicRow() {
    return tables.items("sealing-keys").stream()
        .filter(item -> Tables.text(item, "name").equals("public"))
        .findFirst()
        .orElseThrow();
  }

  /** As many mails as somebody has caused in this hour, by the form's own counters. */
  private void flood(int mails) {
    flood("", mails);
  }

  private void flood(String budget, int mails) {
    var spent = AttributeValue.fromN(Integer.toString(mails / 8));
    tables.put(
        "mail-limits",
        IntStream.range(0, 8)
            .mapToObj(it -> Map.of("key", AttributeValue.fromS(key(budget) + it), "spent", spent))
            .toList());
  }

  private String key(String budget) {
    var hour =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH")
            .withZone(ZoneOffset.UTC)
            .format(clock.instant());
    return "form#contact#%s%s#".formatted(budget, hour);
  }

  private long counted(String budget) {
    return tables.items("mail-limits").stream()
        .filter(item -> Tables.text(item, "key").startsWith(key(budget)))
        .mapToLong(item -> Long.parseLong(item.getOrDefault("spent", zero()).n()))
        .sum();
  }

  private long timesOverBudget() {
    return host.logs().getOrDefault("MailerFunction", List.of()).stream()
        .filter(line -> line.contains("\"MailOverBudget\""))
        .count();
  }

  private static AttributeValue zero() {
    return AttributeValue.fromN("0");
  }

  /** A run, and so much time that each environment has looked at the key's row again. */
  private void reconcile() {
    new Backups(host).returns("ReconcileFunction", Map.of());
    clock.advance(Duration.ofMinutes(6));
  }

  /** By hand, and so much time that each environment has looked at the key's row again. */
  private void askForNoWork() {
    var row = new HashMap<>(publicRow());
    row.remove("asksWork");
    tables.put("sealing-keys", List.of(row));
    clock.advance(Duration.ofMinutes(6));
  }

  private JsonNode challenge() throws IOException {
    return challenge(host);
  }

  private Answer post(Person person, String solution) throws IOException {
    return post(host, person, solution);
  }

  /** What the form asks for now, worked out. */
  static String solved(LocalHost host) throws Exception {
    return solution(challenge(host));
  }

  private static JsonNode challenge(LocalHost host) throws IOException {
    var answer = new Stranger(host).gets(CONTACT, "Accept: " + JSON);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return Json.MAPPER.readTree(answer.body()).path("challenge");
  }

  static Answer post(LocalHost host, Person person, String solution) throws IOException {
    ObjectNode body =
        Json.MAPPER
            .createObjectNode()
            .put("email", person.address)
            .put("name", "Ada")
            .put("message", "Hello");
    if (!solution.isEmpty()) {
      body.put("_altcha", solution);
    }
    return new Stranger(host).posts(CONTACT, JSON, body.toString());
  }

  private String id(Answer answer) throws Exception {
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    host.drain(LIMIT);
    return Json.MAPPER.readTree(answer.body()).path("id").asText();
  }

  private static String solution(JsonNode challenge) throws Exception {
    var found =
        Altcha.solveChallenge(
            challenge.get("challenge").asText(),
            challenge.get("salt").asText(),
            Altcha.Algorithm.SHA256,
            challenge.get("maxnumber").asLong(),
            0);
    ObjectNode solution = challenge.deepCopy();
    solution.remove("maxnumber");
    solution.put("number", found.number);
    return Base64.getEncoder().encodeToString(solution.toString().getBytes(UTF_8));
  }
}
