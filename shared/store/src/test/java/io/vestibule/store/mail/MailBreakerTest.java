package io.vestibule.store.mail;

import static io.vestibule.store.Attributes.number;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.aws.LostAnswers;
import io.vestibule.local.aws.PlainTable;
import io.vestibule.local.aws.Sdk;
import io.vestibule.local.embedded.EmbeddedDynamoDb;
import io.vestibule.store.mail.FailedMail.Kind;
import io.vestibule.store.mail.MailBreaker.Effect;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** When breakers open, also if many failures are learned of at one moment, and when they close. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MailBreakerTest {

  private static final Instant NOW = Instant.parse("2026-11-21T20:14:00Z");

  private EmbeddedDynamoDb database;
  private DynamoDbClient dynamoDb;
  private MailBreaker breaker;
  private int failures;

  @BeforeAll
  void createTable() throws IOException {
    database = EmbeddedDynamoDb.start();
    dynamoDb = Sdk.client(DynamoDbClient.builder(), database.endpoint());
    dynamoDb.createTable(PlainTable.of("mail-limits", "key"));
    breaker = new MailBreaker(dynamoDb, "mail-limits");
  }

  @AfterAll
  void stop() throws Exception {
    dynamoDb.close();
    database.close();
  }

  /** Neither a failure nor a mail has been counted. */
  @BeforeEach
  void empty() {
    failures = 0;
    for (var row : dynamoDb.scan(scan -> scan.tableName("mail-limits")).items()) {
      var key = Map.of("key", requireNonNull(row.get("key")));
      dynamoDb.deleteItem(delete -> delete.tableName("mail-limits").key(key));
    }
  }

  @Test
  void ofManyFailuresAtOneMomentNoneIsLostAndOneOpensIt() throws Exception {
    assertThat(effects(recordAtOnce("contact", 8))).containsOnly(Effect.NOTHING);
    assertThat(breaker.recordFailure(bounce("contact", "the ninth"), NOW))
        .as("eight are remembered")
        .isEqualTo(Effect.FORM_SLOWED);

    breaker.close(NOW);
    assertThat(effects(recordAtOnce("contact", 9)))
        .containsOnlyOnce(Effect.FORM_SLOWED)
        .containsOnly(Effect.FORM_SLOWED, Effect.NOTHING);
    assertThat(breaker.read().of("contact", NOW)).isEqualTo(Pace.SLOW);
  }

  @Test
  void beforeAnyMailNothingIsStopped() {
    assertThat(breaker.read()).isEqualTo(Breakers.NONE);
    assertThat(breaker.close(NOW)).isFalse();
    assertThat(dynamoDb.scan(scan -> scan.tableName("mail-limits")).items()).isEmpty();
  }

  @Test
  void aFormThatFailsIsSlowedAndNoOtherAndNoCustomer() {
    assertThat(fail("contact", 9)).isEqualTo(Effect.FORM_SLOWED);

    assertThat(breaker.read().of("contact", NOW)).isEqualTo(Pace.SLOW);
    assertThat(breaker.read().of("newsletter", NOW)).isEqualTo(Pace.FULL);
    assertThat(breaker.read().ofCustomers(NOW)).isEqualTo(Pace.FULL);
  }

  @Test
  void aFormIsStoppedForWhatItSentSlowlyAndNotForTheBurstBefore() {
    fail("contact", 9);
    for (int i = 0; i < 20; i++) {
      assertThat(breaker.recordFailure(bounce("contact", "burst" + i, NOW.minusMillis(1)), NOW))
          .isEqualTo(Effect.NOTHING);
    }

    assertThat(fail("contact", 9)).isEqualTo(Effect.FORM_STOPPED);
    assertThat(breaker.read().of("contact", NOW)).isEqualTo(Pace.STOPPED);
    assertThat(breaker.read().ofCustomers(NOW)).isEqualTo(Pace.FULL);
  }

  @Test
  void aFormThatWasStoppedIsTriedSlowlyAfterFourHoursAndIsItselfAfterEight() {
    fail("contact", 9);
    fail("contact", 9);
    var trial = NOW.plus(Duration.ofHours(4));

    assertThat(breaker.read().of("contact", trial.minusMillis(1))).isEqualTo(Pace.STOPPED);
    assertThat(breaker.read().of("contact", trial)).isEqualTo(Pace.SLOW);
    assertThat(breaker.read().of("contact", trial.plus(Duration.ofHours(4)))).isEqualTo(Pace.FULL);

    for (int i = 0; i < 9; i++) {
      breaker.recordFailure(bounce("contact", "before the trial" + i, NOW), trial);
    }
    assertThat(breaker.read().of("contact", trial)).isEqualTo(Pace.SLOW);
    for (int i = 0; i < 9; i++) {
      breaker.recordFailure(bounce("contact", "in the trial" + i, trial), trial);
    }
    assertThat(breaker.read().of("contact", trial)).as("it has failed").isEqualTo(Pace.STOPPED);
  }

  @Test
  @Tag("slow")
  void theAccountIsSlowedBeforeSesWouldReviewItAndStoppedBeforeSesWouldStopIt() {
    assertThat(failOfAll(40)).isEqualTo(Effect.NOTHING);
    assertThat(failOfAll(1)).isEqualTo(Effect.ALL_SLOWED);
    assertThat(breaker.read().of("contact", NOW)).isEqualTo(Pace.SLOW);
    assertThat(breaker.read().ofCustomers(NOW)).isEqualTo(Pace.FULL);

    assertThat(failOfAll(40)).isEqualTo(Effect.NOTHING);
    assertThat(failOfAll(1)).isEqualTo(Effect.ALL_STOPPED);
    assertThat(breaker.read().ofCustomers(NOW)).isEqualTo(Pace.STOPPED);
    assertThat(failOfAll(1)).as("while all is stopped").isEqualTo(Effect.NOTHING);

    var trial = NOW.plus(Duration.ofHours(4));
    assertThat(breaker.read().ofCustomers(trial)).isEqualTo(Pace.FULL);
    assertThat(breaker.read().of("contact", trial)).isEqualTo(Pace.SLOW);
  }

  @Test
  void complaintsAreCountedByLimitsOfTheirOwn() {
    assertThat(complain("contact", 2)).isEqualTo(Effect.NOTHING);
    assertThat(complain("contact", 1)).isEqualTo(Effect.FORM_SLOWED);
    assertThat(complain("newsletter", 1)).isEqualTo(Effect.NOTHING);
    assertThat(complain("newsletter", 1)).as("the fifth of all").isEqualTo(Effect.ALL_SLOWED);
  }

  @Test
  @Tag("slow")
  void aFailureIsForgottenOnceItsFormHasSentTwoHundredMore() {
    fail("contact", 8);
    sent("contact", 199);
    assertThat(fail("contact", 1)).isEqualTo(Effect.FORM_SLOWED);

    breaker.close(NOW);
    fail("contact", 8);
    sent("contact", 200);
    assertThat(fail("contact", 1)).isEqualTo(Effect.NOTHING);
  }

  @Test
  void aFailureThatIsToldAgainCountsOnceAlsoAfterItHasOpenedTheBreaker() {
    for (int i = 0; i < 9; i++) {
      breaker.recordFailure(bounce("contact", "message" + i), NOW);
    }
    for (int i = 0; i < 90; i++) {
      assertThat(breaker.recordFailure(bounce("contact", "message" + i % 9), NOW))
          .isEqualTo(Effect.NOTHING);
    }
    assertThat(breaker.read().of("contact", NOW)).isEqualTo(Pace.SLOW);
  }

  @Test
  void theRowDoesNotGrowWithoutEnd() {
    fail("contact", 1);
    var first = failures().values().iterator().next();
    var full = new HashMap<>(row());
    var many = IntStream.range(0, 200).boxed().collect(toMap(it -> "earlier" + it, _ -> first));
    full.put("failures", AttributeValue.fromM(many));
    put(full);

    failOfAll(3);

    assertThat(failures()).hasSize(200).containsKeys("failure2", "failure3", "failure4");
  }

  /** Whoever can write the row has nobody fail, and lets nothing out. */
  @Test
  void aRowThatNoneOfOursWroteStopsAllMailUntilAPersonResumesIt() {
    var nonsense = Map.of("contact", AttributeValue.fromM(Map.of("pace", text("X"))));
    for (var row :
        List.of(
            Map.of("forms", AttributeValue.fromM(nonsense)),
            Map.of("forms", text("none")),
            Map.of("openedAt", text("soon")),
            Map.of("openedAt", number(1)),
            Map.of("version", text("first")),
            Map.of("version", number(7), "failures", AttributeValue.fromM(nonsense)))) {
      put(row);
      var later = NOW.plus(Duration.ofDays(400));

      assertThat(breaker.read().ofCustomers(later)).as("%s", row).isEqualTo(Pace.STOPPED);
      assertThat(breaker.recordFailure(bounce("contact", "one"), later)).isEqualTo(Effect.NOTHING);
      assertThat(breaker.close(later)).as("%s", row).isTrue();
      assertThat(breaker.read()).isEqualTo(Breakers.NONE);
      assertThat(fail("contact", 9)).isEqualTo(Effect.FORM_SLOWED);
      assertThat(breaker.close(NOW)).isTrue();
    }
  }

  @Test
  void whatThePriorVersionHasStoppedIsStoppedAndGoesOnByItself() {
    put(Map.of("version", number(3), "openedAt", time(NOW), "failed", failed()));

    assertThat(breaker.read().ofCustomers(NOW)).isEqualTo(Pace.STOPPED);
    var later = NOW.plus(Duration.ofHours(4));
    assertThat(breaker.read().ofCustomers(later)).isEqualTo(Pace.FULL);
    breaker.recordFailure(bounce("contact", "another"), later);
    assertThat(row()).doesNotContainKey("failed").containsEntry("version", number(4));
  }

  @Test
  @Tag("slow")
  void thePriorVersionSeesWhenTheAccountIsStoppedAndNothingElse() {
    fail("contact", 9);
    assertThat(row()).doesNotContainKeys("openedAt", "failed");

    failOfAll(82);
    assertThat(row()).containsEntry("openedAt", time(NOW));
  }

  @Test
  void anAnswerThatGotLostIsNoRefusal() {
    try (var lossy = Sdk.client(LostAnswers.into(DynamoDbClient.builder()), database.endpoint())) {
      var unlucky = new MailBreaker(lossy, "mail-limits");
      for (int i = 0; i < 8; i++) {
        unlucky.recordFailure(bounce("contact", "unlucky" + i), NOW);
      }
      assertThat(unlucky.recordFailure(bounce("contact", "the ninth"), NOW))
          .isEqualTo(Effect.FORM_SLOWED);
      assertThat(unlucky.close(NOW)).isTrue();
      assertThat(unlucky.close(NOW)).isFalse();
    }
  }

  private List<Future<Effect>> recordAtOnce(String form, int failures) throws Exception {
    var begin = new CountDownLatch(1);
    List<Future<Effect>> effects = new ArrayList<>();
    try (var environments = Executors.newFixedThreadPool(failures)) {
      for (int i = 0; i < failures; i++) {
        var mail = bounce(form, "message-" + i);
        effects.add(
            environments.submit(
                () -> {
                  begin.await();
                  return breaker.recordFailure(mail, NOW);
                }));
      }
      begin.countDown();
    }
    return effects;
  }

  private static List<Effect> effects(List<Future<Effect>> results) {
    return results.stream().map(Future::resultNow).toList();
  }

  /** What the last of so many led to. */
  private Effect fail(String form, int times) {
    return last(times, () -> bounce(form, "failure" + ++failures));
  }

  private Effect complain(String form, int times) {
    return last(
        times,
        () ->
            new FailedMail(
                "complaint" + ++failures, Kind.COMPLAINT, Optional.of(form), Optional.empty()));
  }

  private Effect failOfAll(int times) {
    return last(
        times,
        () ->
            new FailedMail(
                "failure" + ++failures, Kind.BOUNCE, Optional.empty(), Optional.empty()));
  }

  private Effect last(int times, Supplier<FailedMail> mail) {
    return Stream.generate(() -> breaker.recordFailure(mail.get(), NOW))
        .limit(times)
        .reduce((_, last) -> last)
        .orElseThrow();
  }

  private static FailedMail bounce(String form, String message) {
    return bounce(form, message, NOW);
  }

  private static FailedMail bounce(String form, String message, Instant sentAt) {
    return new FailedMail(message, Kind.BOUNCE, Optional.of(form), Optional.of(sentAt));
  }

  private void sent(String form, int mails) {
    for (int i = 0; i < mails; i++) {
      breaker.countSent(form);
    }
  }

  private static AttributeValue failed() {
    return AttributeValue.fromM(Map.of("a message", number(7)));
  }

  private void put(Map<String, AttributeValue> columns) {
    var row = new HashMap<>(columns);
    row.put("key", text("breaker"));
    dynamoDb.putItem(put -> put.tableName("mail-limits").item(row));
  }

  private Map<String, AttributeValue> failures() {
    return requireNonNull(row().get("failures")).m();
  }

  private Map<String, AttributeValue> row() {
    return dynamoDb
        .getItem(get -> get.tableName("mail-limits").key(Map.of("key", text("breaker"))))
        .item();
  }
}
