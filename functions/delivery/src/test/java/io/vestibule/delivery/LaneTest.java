package io.vestibule.delivery;

import static io.vestibule.delivery.Office.GROUND;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Timestamp;
import io.vestibule.delivery.Office.Somebody;
import io.vestibule.local.aws.Patience;
import io.vestibule.store.Table;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a lane does with what its target answers. */
class LaneTest extends OpenOffice {

  @Test
  void anErrorIsAnsweredByTheSameMessageLater() {
    var ada = office.handsIn();
    office.receiver.answer(500, "", Map.of());
    office.receiver.answer(500, "", Map.of());

    office.wake();
    office.advance(Duration.ofSeconds(30));
    office.wake();
    office.advance(Duration.ofMinutes(6));
    office.wake();
    office.wake();

    assertThat(office.receiver.calls()).hasSize(3);
    assertThat(ids()).containsOnly(ids().getFirst());
    assertThat(office.receiver.calls())
        .extracting(it -> it.header("webhook-timestamp"))
        .doesNotHaveDuplicates();
    assertThat(state("demo", ada)).isEqualTo("told taken");
  }

  @Test
  @Tag("slow")
  void aTargetThatAsksForAPauseHasItButNotForLongerThanADay() {
    office.handsIn();
    office.receiver.answer(429, "", Map.of("Retry-After", "3600"));
    office.wake();
    office.handsIn();
    office.advance(Duration.ofMinutes(59));
    office.wake();
    assertThat(office.receiver.calls()).hasSize(1);

    office.receiver.answer(429, "", Map.of("Retry-After", "8640000"));
    office.advance(Duration.ofMinutes(2));
    office.wake();
    int soFar = office.receiver.calls().size();
    office.advance(Duration.ofHours(23));
    office.wake();
    assertThat(office.receiver.calls()).hasSize(soFar);
    office.advance(Duration.ofHours(2));
    office.wake();
    assertThat(office.all(Table.DELIVERIES))
        .allSatisfy(it -> assertThat(office.text(it, "state")).isEqualTo("told"));
  }

  @ParameterizedTest
  @ValueSource(ints = {410, 401})
  @Tag("slow")
  void aTargetThatIsGoneOrRefusesUsStopsItsLaneUntilAPersonResumesIt(int status) {
    var people = Stream.generate(office::handsIn).limit(10).toList();
    office.receiver.usually(status);

    String printed = Office.printed(office::wake);
    assertThat(Office.times(printed, "\"lane-stopped\"")).isOne();
    int soFar = office.receiver.calls().size();
    assertThat(soFar).isBetween(1, 8);
    office.receiver.usually(204);
    office.advance(Duration.ofHours(30));
    assertThat(Office.printed(office::wake)).contains("\"LaneStopped\":1", "\"DeliveryLate\":1");
    office.stream("demo", 1);
    assertThat(office.receiver.calls()).hasSize(soFar);

    assertThat(office.invoke("{\"resume\": \"demo\"}").path("resumed").asBoolean()).isTrue();
    assertThat(office.invoke("{\"resume\": \"demo\"}").path("resumed").asBoolean()).isFalse();
    office.wake();
    assertThat(people).allSatisfy(it -> assertThat(state("demo", it)).isEqualTo("told taken"));
  }

  @Test
  void whatATargetRefusesOfOneFailsAndTheOthersGoOnUntilItIsReplayed() {
    var refused = office.handsIn();
    office.receiver.answer(422, "", Map.of());
    String printed = Office.printed(office::wake);
    var other = office.handsIn();
    office.wake();

    assertThat(state("demo", refused)).isEqualTo("failed status-422");
    assertThat(printed)
        .contains("\"delivery-failed\"", "\"DeliveryFailed\":1")
        .as("alarms know it by the service")
        .doesNotContain("service_undefined");
    assertThat(state("demo", other)).isEqualTo("told taken");

    assertThat(office.invoke("{\"replay\": \"demo\"}").path("replayed").asInt()).isOne();
    office.wake();
    assertThat(state("demo", refused)).isEqualTo("told taken");
    assertThat(ids().getLast()).isEqualTo(ids().getFirst());
  }

  @Test
  void noLaneWaitsForASlowTarget() {
    office.webhook("other", GROUND);
    var ada = office.handsIn();
    var isSlow = new CountDownLatch(1);
    office.receiver.slow("/demo", isSlow);

    var slow = CompletableFuture.runAsync(office::wake);
    office.stream("other", 1);
    Patience.until(() -> state("other", ada).startsWith("told"));
    assertThat(state("other", ada)).isEqualTo("told taken");
    assertThat(state("demo", ada)).isEqualTo(" ");
    isSlow.countDown();
    slow.join();
    assertThat(state("demo", ada)).isEqualTo("told taken");
  }

  @Tag("slow")
  @Test
  void whoeverIsDownForThreeDaysIsToldEachOnceInTheEnd() {
    office.receiver.usually(503);
    var people = Stream.generate(office::handsIn).limit(2).toList();
    var isUp = office.clock.instant().plus(Duration.ofDays(3));
    while (office.clock.instant().isBefore(isUp)) {
      office.wake();
      untilAllIsDue();
    }
    office.receiver.usually(204);
    office.receiver.calls().clear();
    office.wake();
    office.wake();

    assertThat(people).allSatisfy(it -> assertThat(state("demo", it)).isEqualTo("told taken"));
    assertThat(ids()).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  @Tag("slow")
  void whatCannotBeToldForDaysIsGivenUpAndCounted() {
    office.receiver.usually(503);
    var ada = office.handsIn();
    var printed =
        Office.printed(
            () -> {
              for (int i = 0; i < 12; i++) {
                office.wake();
                untilAllIsDue();
              }
            });

    assertThat(state("demo", ada)).isEqualTo("failed status-503");
    assertThat(Office.times(printed, "\"DeliveryFailed\":1")).isOne();
    assertThat(office.receiver.calls()).hasSize(10);
    assertThat(ids()).containsOnly(ids().getFirst());
  }

  /** Time passes until all that waits is due, and an hour at least. */
  private void untilAllIsDue() {
    var now = office.clock.instant();
    var due =
        office.all(Table.DELIVERIES).stream()
            .filter(it -> it.containsKey("lane"))
            .map(it -> Timestamp.parse(office.text(it, "dueAt")))
            .reduce(
                now.plus(Duration.ofHours(1)), (one, other) -> one.isAfter(other) ? one : other);
    office.advance(Duration.between(now, due));
  }

  @Test
  void anAttemptThatIsUnderWayIsNobodyElses() {
    var ada = office.handsIn();
    var isSlow = new CountDownLatch(1);
    office.receiver.slow("/demo", isSlow);
    var first = CompletableFuture.runAsync(office::wake);
    Patience.until(() -> office.receiver.calls().size() == 1);

    // Its lease is over, as if it had been frozen.
    office.put(Table.LANES, Map.of("target", AttributeValue.fromS("demo")));
    office.advance(Duration.ofSeconds(40));
    office.wake();
    office.stream("demo", 1);
    isSlow.countDown();
    first.join();

    assertThat(office.receiver.calls()).hasSize(1);
    assertThat(state("demo", ada)).isEqualTo("told taken");
  }

  @Tag("slow")
  @Test
  void twoRunsAtOnceAndARecordThatComesTwiceTellOnce() {
    var people = Stream.generate(office::handsIn).limit(12).toList();
    var runs =
        Stream.of("{}", Office.batch("demo", 2), Office.batch("demo", 1), "{}")
            .map(it -> CompletableFuture.runAsync(() -> office.invoke(it)))
            .toList();
    runs.forEach(CompletableFuture::join);
    office.stream("demo", 3);
    office.wake();

    assertThat(ids()).hasSize(12).doesNotHaveDuplicates();
    assertThat(people).allSatisfy(it -> assertThat(state("demo", it)).isEqualTo("told taken"));
  }

  /** The last is due first, records come late and twice, and one entry waits beyond the end. */
  @Test
  void rowsOutOfOrderArriveOnceEachAndNothingArrivesAfterTheEnd() {
    var first = office.handsIn();
    var second = office.handsIn(first.email(), "The second");
    var third = office.handsIn(first.email(), "The third");
    due(first, Duration.ofHours(2));
    due(second, Duration.ofMinutes(1));
    office.stream("demo", 1);
    assertThat(numbers()).containsExactly(third.number());
    office.advance(Duration.ofMinutes(2));
    office.stream("demo", 3);
    assertThat(numbers()).containsExactly(third.number(), second.number());

    office.erase(first, "request");
    office.advance(Duration.ofMinutes(2));
    office.stream("demo", 1);
    office.stream("demo", 1);
    office.advance(Duration.ofHours(3));
    office.stream("demo", 2);

    assertThat(state("demo", first)).isEqualTo("dropped erased");
    assertThat(ids()).hasSize(3).doesNotHaveDuplicates();
    assertThat(office.told().getLast().path("type").asText()).isEqualTo("customer.erased");
    assertThat(office.told().getLast().at("/data/numbers").valueStream())
        .map(it -> it.asText())
        .containsExactlyInAnyOrder(second.number(), third.number());
  }

  private void due(Somebody somebody, Duration later) {
    var row = new HashMap<>(office.row("demo", somebody));
    var at = office.clock.instant().plus(later);
    row.put("dueAt", AttributeValue.fromS(Timestamp.of(at)));
    office.put(Table.DELIVERIES, row);
  }

  private List<String> numbers() {
    return office.told().stream().map(it -> it.at("/data/number").asText()).toList();
  }

  @Test
  void whatTheStreamForgotIsToldByTheSchedule() {
    var ada = office.handsIn();
    assertThat(office.all(Table.LANES)).isEmpty();
    office.wake();
    assertThat(state("demo", ada)).isEqualTo("told taken");
  }

  @Test
  void theRowsAreThereBeforeTheReceiversFirstByte() {
    var ada = office.handsIn();
    var seen = new CopyOnWriteArrayList<String>();
    office.receiver.answer(
        exchange -> {
          seen.add("attempt " + requireNonNull(office.row("demo", ada).get("attempts")).n());
          seen.addAll(office.recipients.find(ada.customerId(), "demo").orElseThrow().numbers());
          exchange.sendResponseHeaders(204, -1);
        });
    office.wake();

    assertThat(seen).containsExactly("attempt 1", ada.number());
  }

  @Test
  void aSecretThatCannotBeReadNowIsNoReasonToGiveUp() {
    var ada = office.handsIn();
    DyingCalls.fail("GetSecretValue");
    try {
      office.wake();
    } finally {
      DyingCalls.calm();
    }
    assertThat(state("demo", ada)).isEqualTo(" secret-unreadable");
    office.advance(Duration.ofMinutes(2));
    office.wake();
    assertThat(state("demo", ada)).isEqualTo("told taken");
  }

  @Test
  void troubleOfAwsWithOneDoesNotKeepUpTheOthers() {
    var people = Stream.generate(office::handsIn).limit(5).toList();
    DyingCalls.failOnce("Decrypt", 2);
    try {
      office.wake();
    } finally {
      DyingCalls.calm();
    }
    assertThat(people.stream().filter(it -> state("demo", it).equals("told taken"))).hasSize(4);
    office.advance(Duration.ofMinutes(2));
    office.wake();
    assertThat(people).allSatisfy(it -> assertThat(state("demo", it)).isEqualTo("told taken"));
  }

  private List<String> ids() {
    return office.receiver.calls().stream().map(it -> it.header("webhook-id")).toList();
  }

  private String state(String target, Somebody somebody) {
    var row = office.row(target, somebody);
    return office.text(row, "state") + " " + office.text(row, "code");
  }
}
