package io.vestibule.delivery;

import static io.vestibule.delivery.Office.GROUND;
import static io.vestibule.delivery.Office.MARKETING;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Timestamp;
import io.vestibule.delivery.Office.Somebody;
import io.vestibule.store.Table;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Whom the delivery tells nothing, whatever the row in the outbox says. */
class WhoIsToldTest extends OpenOffice {

  @Test
  void aTargetWithAPurposeIsToldOnlyWhileTheConsentStands() {
    office.webhook("demo", MARKETING);
    var ada = office.handsIn();
    var bob = office.handsIn();
    office.withdraw(bob);
    office.wake();

    assertThat(state("demo", ada)).isEqualTo("told taken");
    assertThat(state("demo", bob)).isEqualTo("dropped no-consent");
    assertThat(numbers()).containsExactly(ada.number());
    assertThat(office.recipients.of(bob.customerId())).isEmpty();
  }

  @Test
  void nobodyIsToldWhomTheFormDoesNotListAnyMore() {
    var ada = office.handsIn();
    office.webhook("demo", GROUND + ", \"retired\": true");
    office.stream("demo", 1);

    assertThat(state("demo", ada)).isEqualTo("dropped not-listed");
    assertThat(office.receiver.calls()).isEmpty();
  }

  /** Its values may be of forms that do not list the target. */
  @Test
  void nobodyIsToldOfAnEntryThatStandsForWhatWasStoredBefore() {
    office.advance(Duration.ofMinutes(1));
    var since = Timestamp.of(office.clock.instant());
    var ada = office.handsIn();
    var all = office.standsForAll(ada);

    assertThat(
            office
                .invoke(
                    "{\"backfill\": \"demo\", \"since\": \"%s\", \"dryRun\": true}"
                        .formatted(since))
                .path("found")
                .asInt())
        .isEqualTo(1);
    office.wake();

    assertThat(state("demo", ada)).isEqualTo("told taken");
    assertThat(state("demo", all)).isEqualTo("dropped not-listed");
    assertThat(numbers()).containsExactly(ada.number());
  }

  @Test
  void aBackfillTellsNothingAgainThoughTheOutboxHasForgottenIt() {
    office.advance(Duration.ofSeconds(1));
    var since = office.clock.instant();
    var ada = office.handsIn();
    office.wake();
    office.advance(Duration.ofDays(91));
    office.removeRow("demo", ada);
    var later = office.handsIn(ada.email(), "Not told yet");
    office.removeRow("demo", later);
    office.advance(Duration.ofDays(91));

    var answer =
        office.invoke(
            "{\"backfill\": \"demo\", \"since\": \"%s\", \"dryRun\": false}".formatted(since));
    office.wake();

    assertThat(answer.path("found").asInt()).isEqualTo(2);
    assertThat(answer.path("added").asInt()).isEqualTo(1);
    assertThat(numbers()).containsExactly(ada.number(), later.number());
  }

  @Test
  void whatIsGoneByItsTimeIsNotTold() {
    var ada = office.handsIn();
    office.removeEntry(ada);
    office.wake();

    assertThat(state("demo", ada)).isEqualTo("dropped entry-gone");
    assertThat(office.receiver.calls()).isEmpty();
  }

  @Test
  void whoIsErasedMeanwhileIsNotTold() {
    var ada = office.handsIn();
    office.erase(ada, "request");
    office.wake();

    assertThat(state("demo", ada)).isEqualTo("dropped erased");
    assertThat(office.receiver.calls()).isEmpty();
    assertThat(office.recipients.of(ada.customerId())).isEmpty();
  }

  @Test
  void whoChangesWhileTheyAreLookedAtIsLookedAtAgainAndToldOnce() {
    var ada = office.handsIn();
    DyingCalls.before("TransactWriteItems", () -> office.touch(ada));
    try {
      office.wake();
    } finally {
      DyingCalls.calm();
    }
    assertThat(state("demo", ada)).isEqualTo(" customer-changed");
    assertThat(office.receiver.calls()).isEmpty();

    office.advance(Duration.ofMinutes(1));
    office.wake();
    assertThat(numbers()).containsExactly(ada.number());
  }

  @Test
  void whoIsErasedWhileTheyAreLookedAtIsNotTold() {
    var ada = office.handsIn();
    DyingCalls.before("TransactWriteItems", () -> office.eraseHere(ada, "request"));
    try {
      office.wake();
    } finally {
      DyingCalls.calm();
    }
    office.advance(Duration.ofMinutes(1));
    office.wake();

    assertThat(state("demo", ada)).isEqualTo("dropped erased");
    assertThat(office.receiver.calls()).isEmpty();
  }

  /** An attack: with PutItem on deliveries. */
  @Test
  void rowsThatAreNoneDoNotKeepUpTheLane() {
    for (int i = 0; i < 30; i++) {
      forge("demo", "entry#" + i, Map.of());
    }
    forge("demo", "erasure#large", Map.of("customerId", text("x".repeat(300_000))));
    forge("demo", "entry#a", Map.of("attempts", AttributeValue.fromN("-1")));
    forge("demo", "entry#b", Map.of("attempts", AttributeValue.fromN("1e30")));
    forge("demo", "entry#c", Map.of("createdAt", text("for ever")));
    forge("demo", "entry#d", Map.of("cause", text("all")));
    forge("demo", "withdrawal#e", Map.of("cause", text("withdrawal"), "purpose", text("x")));
    var ada = office.handsIn();
    forge("other", "entry#" + ada.entryId(), Map.of("customerId", text(ada.customerId())));
    office.advance(Duration.ofSeconds(1));

    var printed = Office.printed(office::wake);

    assertThat(numbers()).containsExactly(ada.number());
    assertThat(office.text(office.row("demo", "entry#0"), "code")).isEqualTo("malformed");
    assertThat(office.text(office.row("other", "entry#" + ada.entryId()), "code"))
        .as("in the lane of another target")
        .isEqualTo("malformed");
    assertThat(printed).contains("\"delivery-failed\"");
  }

  /** An attack: with PutItem on deliveries. */
  @Test
  void aRowForATargetThatNeverWasMakesNoLane() {
    var ada = office.handsIn();
    office.put(Table.DELIVERIES, forged("nobody", "erasure#" + ada.customerId(), "erasure", ada));
    office.put(
        Table.DELIVERIES,
        forged(
            "../up",
            "entry#" + ada.entryId(),
            "entry",
            new Somebody("", "c-unknown", ada.entryId())));

    office.stream("nobody", 1);
    office.stream("../up", 1);

    assertThat(office.all(Table.LANES)).isEmpty();
    assertThat(office.text(office.row("nobody", "erasure#" + ada.customerId()), "code"))
        .isEqualTo("no-target");
  }

  /** An attack: with PutItem on deliveries. */
  @Test
  void aForgedErasureTellsNobodyAndDoesNotStandInTheWayOfTheTrueOne() {
    var ada = office.handsIn();
    office.wake();
    office.put(Table.DELIVERIES, forged("demo", "erasure#" + ada.customerId(), "erasure", ada));
    office.wake();
    assertThat(office.text(office.row("demo", "erasure#" + ada.customerId()), "code"))
        .isEqualTo("not-erased");
    assertThat(office.receiver.calls()).hasSize(1);

    office.erase(ada, "request");
    office.advance(Duration.ofMinutes(2));
    office.wake();
    assertThat(office.told().getLast().path("type").asText()).isEqualTo("customer.erased");
    assertThat(office.receiver.calls()).hasSize(2);
  }

  /** An attack: what is still on its way would arrive after the erasure. */
  @Test
  void anErasureIsNotToldBeforeItsTimeWhateverTheRowSays() {
    var ada = office.handsIn();
    office.wake();
    office.eraseHere(ada, "request");
    office.put(Table.DELIVERIES, forged("demo", "erasure#" + ada.customerId(), "erasure", ada));
    office.wake();
    assertThat(office.receiver.calls()).hasSize(1);

    office.advance(Duration.ofMinutes(2));
    office.wake();
    assertThat(office.receiver.calls()).hasSize(2);
  }

  /** An attack: with PutItem on deliveries, a target would forget whom it may write to. */
  @Test
  void aForgedWithdrawalTellsNobody() {
    office.webhook("demo", MARKETING);
    var ada = office.handsIn();
    office.wake();
    var news = office.tellWithdrawal(ada, "");
    office.advance(Duration.ofMinutes(2));
    office.wake();
    assertThat(office.text(office.row("demo", news.id()), "code")).isEqualTo("consent-stands");

    var other = office.tellWithdrawal(ada, "marketing");
    office.webhook("demo", GROUND);
    office.advance(Duration.ofMinutes(2));
    office.wake();
    assertThat(office.text(office.row("demo", other.id()), "code")).isEqualTo("no-consent-of-its");
    assertThat(office.receiver.calls()).hasSize(1);
  }

  /** An attack: with PutItem on recipients. */
  @Test
  void aRecipientThatSomebodyElseWroteBreaksNothing() {
    var ada = office.handsIn();
    office.wake();
    office.put(
        Table.RECIPIENTS,
        Map.of(
            "customerId", text(ada.customerId()),
            "target", text("demo"),
            "numbers", AttributeValue.fromSs(List.of("Call +1 555 now", ada.number())),
            "since", AttributeValue.fromN("1"),
            "country", AttributeValue.fromBool(true)));
    office.put(
        Table.RECIPIENTS, Map.of("customerId", text(ada.customerId()), "target", text("nobody")));

    assertThat(office.recipients.of(ada.customerId())).hasSize(2);
    office.erase(ada, "request");
    office.advance(Duration.ofMinutes(2));
    office.wake();

    assertThat(office.told().getLast().at("/data/numbers").toString())
        .isEqualTo("[\"%s\"]".formatted(ada.number()));
  }

  /** An attack: with write on lanes. */
  @Test
  void aLaneThatSomebodyElseLeasedOrStoppedGoesOnOrIsHeard() {
    office.put(
        Table.LANES,
        Map.of("target", text("demo"), "leaseUntil", text("9999-12-31T00:00:00.000Z")));
    var ada = office.handsIn();
    office.wake();
    assertThat(state("demo", ada)).isEqualTo("told taken");

    office.put(
        Table.LANES, Map.of("target", text("demo"), "leaseUntil", AttributeValue.fromN("1")));
    var bob = office.handsIn();
    office.wake();
    assertThat(state("demo", bob)).isEqualTo("told taken");

    office.put(Table.LANES, Map.of("target", text("demo"), "stopped", AttributeValue.fromN("1")));
    office.handsIn();
    assertThat(Office.printed(office::wake)).contains("\"LaneStopped\":1");
    assertThat(office.invoke("{\"resume\": \"demo\"}").path("resumed").asBoolean()).isTrue();
    office.invoke("{\"resume\": \"nobody\"}");
    assertThat(office.all(Table.LANES)).hasSize(1);
  }

  private List<String> numbers() {
    return office.told().stream().map(it -> it.at("/data/number").asText()).toList();
  }

  private void forge(String target, String id, Map<String, AttributeValue> more) {
    var row = new HashMap<String, AttributeValue>();
    row.put("target", text(target));
    row.put("id", text(id));
    row.put("lane", text("demo"));
    row.put("dueAt", text(Timestamp.of(office.clock.instant())));
    row.put("customerId", text("c-1"));
    row.put("cause", text("entry"));
    row.put("attempts", AttributeValue.fromN("0"));
    row.put("createdAt", text(Timestamp.of(office.clock.instant())));
    row.putAll(more);
    office.put(Table.DELIVERIES, row);
  }

  private Map<String, AttributeValue> forged(
      String target, String id, String cause, Somebody somebody) {
    var now = text(Timestamp.of(office.clock.instant()));
    return Map.of(
        "target", text(target),
        "id", text(id),
        "lane", text(target),
        "dueAt", now,
        "customerId", text(somebody.customerId()),
        "cause", text(cause),
        "attempts", AttributeValue.fromN("0"),
        "createdAt", now,
        "at", now);
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  private String state(String target, Somebody somebody) {
    var row = office.row(target, somebody);
    return office.text(row, "state") + " " + office.text(row, "code");
  }
}
