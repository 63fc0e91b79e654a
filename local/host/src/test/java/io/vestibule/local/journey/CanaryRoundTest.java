package io.vestibule.local.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import io.vestibule.local.aws.Backend.Response;
import io.vestibule.local.aws.BackendServer;
import io.vestibule.local.aws.Cases;
import io.vestibule.local.chaos.CallInterceptor;
import io.vestibule.local.host.Outcome;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Once a week the canary goes the whole way, by a mailbox of its own. */
class CanaryRoundTest extends Journey {

  static final String MAILBOX = "canary-7f3a@in.example.com";

  /** Two mails, two presses, and what is waited for between them. */
  private static final int MOST_STEPS = 10;

  private static final Pattern ERASING = Pattern.compile("waits for (r\\S{22}) to be done");

  @Override
  protected Map<String, String> parameters() {
    return Map.of("CanaryForm", "contact", "CanaryMailbox", MAILBOX);
  }

  /** Each test has a week, and so all of a day's mails; the schedule begins at three. */
  @BeforeEach
  void onMonday() {
    var monday =
        clock
            .instant()
            .atZone(ZoneOffset.UTC)
            .with(TemporalAdjusters.next(DayOfWeek.MONDAY))
            .truncatedTo(ChronoUnit.DAYS)
            .plusHours(3)
            .toInstant();
    is(monday);
  }

  private void is(Instant time) {
    clock.advance(Duration.between(clock.instant(), time));
  }

  @AfterEach
  void calm() {
    CallInterceptor.calm();
    for (var mail : mailbox()) {
      operator().deleteObject(it -> it.bucket(bucket()).key(mail.key()));
    }
  }

  @Test
  void itConfirmsIsStoredAndHasItselfErasedStepByStepAndLeavesNothing() throws Exception {
    var steps = goRound(this, "weekly");

    assertThat(steps)
        .endsWith("done")
        .anyMatch(step -> step.matches("waits for s\\S{22} to be done"))
        .anyMatch(step -> step.matches("waits for r\\S{22} to be done"));
    assertThat(mails()).isGreaterThanOrEqualTo(2);
    assertThat(new Records(host).isKnown(MAILBOX)).isFalse();
    assertThat(tables.items("erasures")).isNotEmpty();
    assertThat(mailbox()).as("by which the receipt is seen again").isNotEmpty();
    assertThat(texts()).as("its links could still be opened").noneMatch(leadsTo("/verify/"));
  }

  /** Fifty others, another round or S3 may have taken the mail: what was not seen is not said. */
  @Test
  void withoutItsMailNoReceiptHasBeenSeen() throws Exception {
    long erased = tables.items("erasures").size();
    while (tables.items("erasures").size() == erased) {
      assertThat(goOn(this, "weekly").path("round").asText()).isNotEqualTo("done");
    }
    var taken = new LinkedHashMap<String, byte[]>();
    for (var mail : mailbox()) {
      taken.put(mail.key(), object(mail.key()));
      operator().deleteObject(it -> it.bucket(bucket()).key(mail.key()));
    }

    assertThat(step("weekly").path("round").asText()).matches("waits for the mail about r\\S{22}");
    taken.forEach(this::put);
    assertThat(step("weekly").path("round").asText()).isEqualTo("done");
    assertThat(step("weekly").path("round").asText()).as("and again").isEqualTo("done");
  }

  @Test
  void itTakesNoMailThatAnotherRoundWaitsFor() throws Exception {
    var other = step("by-hand").path("round").asText().replaceFirst("waits for (\\S+) .*", "$1");
    host.drain(LIMIT);
    assertThat(goRound(this, "weekly")).endsWith("done");

    assertThat(texts()).anyMatch(leadsTo("/verify/" + other));
  }

  @Test
  void aRoundThatIsDoneIsNotBegunAgainBeforeTheNextWeek() throws Exception {
    goRound(this, "weekly");
    long before = mails();

    assertThat(step("weekly").path("round").asText()).isEqualTo("done");
    assertThat(mails()).isEqualTo(before);

    onMonday();
    assertThat(goRound(this, "weekly")).endsWith("done");
    assertThat(mails()).isGreaterThan(before);
  }

  /** As the template has it: every ten minutes from three to six. */
  @Test
  void theScheduleDoesAllOfItByItself() throws Exception {
    long before = tables.items("erasures").size();
    for (int times = 0; times < MOST_STEPS && !isGone(before); times++) {
      host.runDueSchedules();
      host.drain(LIMIT);
      clock.advance(Duration.ofMinutes(10));
    }

    assertThat(isGone(before)).isTrue();
  }

  /** Whether one more was erased, and no link of its mails is left. */
  private boolean isGone(long before) {
    return tables.items("erasures").size() == before + 1
        && texts().stream().noneMatch(leadsTo("/verify/"));
  }

  @Test
  void aRoundThatDoesNotGetOnIsLateAfterNinetyMinutesAndGoesOnWhenItCan() throws Exception {
    CallInterceptor.disturb(new SesIsDown());
    var before = clock.instant();
    assertThat(failed("weekly")).isEmpty();
    var begun = clock.instant();
    is(before.plus(Duration.ofMinutes(89)));
    assertThat(failed("weekly")).isEmpty();
    is(begun.plus(Duration.ofMinutes(90)));
    assertThat(failed("weekly")).containsExactly("canary-round");
    assertThat(log("canary-round")).isPositive();

    CallInterceptor.calm();
    assertThat(goToTheEnd(this, "weekly").getLast().path("round").asText()).isEqualTo("done");
  }

  @Test
  void aRowThatIsPutAsideIsSaidAtOnce() throws Exception {
    var first = step("weekly").path("round").asText();
    host.drain(LIMIT);
    tables.setStatus(first.replaceFirst("waits for (\\S+) .*", "$1"), "HELD");

    assertThat(failed("weekly")).containsExactly("canary-round");
  }

  /** An attack: by mail, or as one who may write to the bucket. */
  @Test
  void aForgedMailLeadsItNowhere() throws Exception {
    var visits = new AtomicInteger();
    var victim = somebody();
    var theirs = victim.submits(Map.of());
    var stolen = victim.link(theirs);
    try (var elsewhere =
        new BackendServer(
            request -> {
              visits.incrementAndGet();
              return new Response(200, Map.of(), "name=\"token\"".getBytes(UTF_8));
            })) {
      var own = step("weekly").path("round").asText().replaceFirst("waits for (\\S+) .*", "$1");
      var path = "/verify/" + own + "?token=" + "A".repeat(43);
      forge(elsewhere.endpoint().resolve(path));
      forge(URI.create(host.uri() + "@" + elsewhere.endpoint().getAuthority() + path));
      forge(stolen);
      put("mail/no-mail", new byte[] {0, -1, 13, 10});
      put("mail/large", new byte[300_000]);

      assertThat(goRound(this, "weekly")).endsWith("done");
    }
    assertThat(visits).hasValue(0);
    assertThat(tables.status(theirs)).as("somebody else's").isEqualTo("MAILED");
  }

  /** An attack: its mailbox has three mails a day, as any. */
  @Test
  void whoPostsItsAddressAgainAndAgainKeepsItFromGoingAndItSaysSo() throws Exception {
    var stranger = new Person(host, MAILBOX);
    long before = mails();
    int posts = Cases.areAll() ? 100 : 10;
    for (int i = 0; i < posts; i++) {
      stranger.submits(Map.of("message", "Number " + i));
    }
    assertThat(mails() - before).isEqualTo(3);

    step("weekly");
    host.drain(LIMIT);
    assertThat(failed("weekly")).containsExactly("canary-round");
    var ada = somebody();
    ada.submits(Map.of());
    assertThat(ada.mails()).as("what it leaves to others").hasSize(1);
  }

  /** An attack: what its credentials reach is its own mailbox, and the states of rows. */
  @Test
  void itsCredentialsReachItsOwnMailboxAndNothingElse() {
    put("mail/one", "Subject: x\n\nx".getBytes(UTF_8));
    put("other/one", new byte[1]);
    try (var s3 = s3("CanaryFunction");
        var dynamoDb = as("CanaryFunction")) {
      assertThat(s3.listObjectsV2(it -> it.bucket(bucket()).prefix("mail/")).contents())
          .isNotEmpty();
      assertDenied(() -> s3.listObjectsV2(it -> it.bucket(bucket())));
      assertDenied(() -> s3.listObjectsV2(it -> it.bucket(bucket()).prefix("other/")));
      assertDenied(() -> s3.getObjectAsBytes(it -> it.bucket(bucket()).key("other/one")));
      assertDenied(() -> s3.deleteObject(it -> it.bucket(bucket()).key("other/one")));
      assertDenied(
          () ->
              s3.putObject(it -> it.bucket(bucket()).key("mail/two"), RequestBody.fromString("x")));
      for (var other : host.stack().buckets()) {
        if (!other.logicalId().equals("CanaryMailBucket")) {
          assertDenied(() -> s3.listObjectsV2(it -> it.bucket(other.name()).prefix("mail/")));
        }
      }
      assertThatThrownBy(
              () ->
                  dynamoDb.query(
                      query ->
                          query
                              .tableName("requests")
                              .keyConditionExpression("id = :id")
                              .projectionExpression("sealed")
                              .select("SPECIFIC_ATTRIBUTES")
                              .expressionAttributeValues(
                                  Map.of(":id", AttributeValue.fromS("r" + "A".repeat(22))))))
          .isInstanceOf(DynamoDbException.class)
          .hasMessageContaining("not authorized");
    }
  }

  @Test
  void aRoundIsNamedByAWordAndByNothingElse() {
    var invoked =
        host.functions()
            .invoke(
                "CanaryFunction", Json.MAPPER.createObjectNode().put("round", "../x y"), "test");

    assertThat(invoked.outcome()).isInstanceOf(Outcome.Failed.class);
  }

  /** Goes on until it is done, with nothing to say; what it answered each time. */
  static List<String> goRound(Journey journey, String name) throws Exception {
    return goToTheEnd(journey, name).stream()
        .peek(answer -> assertThat(answer.path("failed")).as("%s", answer).isEmpty())
        .map(answer -> answer.path("round").asText())
        .toList();
  }

  private static List<JsonNode> goToTheEnd(Journey journey, String name) throws Exception {
    var answers = new ArrayList<JsonNode>();
    while (answers.size() < MOST_STEPS
        && (answers.isEmpty() || !answers.getLast().path("round").asText().equals("done"))) {
      answers.add(goOn(journey, name));
    }
    return answers;
  }

  /** As the schedules do, each ten minutes; the reconciler would wake the erasure. */
  private static JsonNode goOn(Journey journey, String name) throws Exception {
    var answer = new Backups(journey.host).returns("CanaryFunction", Map.of("round", name));
    journey.host.drain(LIMIT);
    journey.clock.advance(Duration.ofMinutes(10));
    var erasing = ERASING.matcher(answer.path("round").asText());
    if (erasing.matches()) {
      Requests.wake(journey, erasing.group(1));
    }
    return answer;
  }

  private JsonNode step(String name) {
    return new Backups(host).returns("CanaryFunction", Map.of("round", name));
  }

  private List<String> failed(String name) {
    return step(name).path("failed").valueStream().map(JsonNode::asText).toList();
  }

  private void forge(URI link) {
    var mail =
        "From: us@example.com\r\nSubject: Confirm\r\nContent-Type: text/plain\r\n\r\n%s\r\n"
            .formatted(link);
    put("mail/forged-" + link.hashCode(), mail.getBytes(UTF_8));
  }

  private void put(String key, byte[] object) {
    operator().putObject(it -> it.bucket(bucket()).key(key), RequestBody.fromBytes(object));
  }

  private List<S3Object> mailbox() {
    return operator().listObjectsV2(it -> it.bucket(bucket()).prefix("mail/")).contents();
  }

  private byte[] object(String key) {
    return operator().getObjectAsBytes(it -> it.bucket(bucket()).key(key)).asByteArray();
  }

  /** The mails without the breaks of quoted-printable. */
  private List<String> texts() {
    return mailbox().stream()
        .map(mail -> new String(object(mail.key()), UTF_8).replace("=\r\n", ""))
        .toList();
  }

  private static Predicate<String> leadsTo(String path) {
    return text -> text.contains(path);
  }

  private S3Client operator() {
    return host.operator().s3();
  }

  private String bucket() {
    return host.stack().buckets().stream()
        .filter(bucket -> bucket.logicalId().equals("CanaryMailBucket"))
        .findFirst()
        .orElseThrow()
        .name();
  }

  private S3Client s3(String function) {
    return S3Client.builder()
        .endpointOverride(host.aws())
        .region(Region.of(host.stack().region()))
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(function, "local")))
        .build();
  }

  private static void assertDenied(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            S3Exception.class, denied -> assertThat(denied.statusCode()).isEqualTo(403));
  }

  private long mails() throws Exception {
    host.drain(LIMIT);
    return host.inbox().mails().stream().filter(mail -> mail.to().contains(MAILBOX)).count();
  }

  private long log(String word) {
    return host.logs().getOrDefault("CanaryFunction", List.of()).stream()
        .filter(line -> line.contains(word))
        .count();
  }
}
