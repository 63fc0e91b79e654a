package io.vestibule.delivery;

import static io.vestibule.delivery.Office.GROUND;
import static io.vestibule.delivery.Office.MARKETING;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.delivery.Office.Somebody;
import io.vestibule.store.Table;
import io.vestibule.store.delivery.Deliveries;
import io.vestibule.store.people.Recipients;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An erasure and a withdrawal reach whoever was told. */
class EndTest extends OpenOffice {

  /** More than an entry has, in more than the time after which a person hears of it. */
  private static final int ATTEMPTS = 12;

  /** Longer than whoever is to be told waits for the next attempt. */
  private static final Duration A_DAY_AND_A_HALF = Duration.ofHours(36);

  @Test
  @Tag("slow")
  void anErasureIsNeverGivenUp() {
    var ada = told();
    office.erase(ada, "request");
    office.receiver.usually(422);
    String printed = Office.printed(this::attempts);
    assertThat(office.receiver.calls()).hasSize(ATTEMPTS);
    assertThat(ids()).containsOnly(ids().getFirst());
    assertThat(printed).contains("\"EndUntold\":1").doesNotContain("\"DeliveryFailed\"");
    assertThat(asked(ada).answer()).isEmpty();

    office.receiver.usually(204);
    office.advance(A_DAY_AND_A_HALF);
    office.wake();
    assertThat(asked(ada).answer()).contains("told");
    assertThat(asked(ada).at()).isPresent();
    var last = office.told().getLast();
    assertThat(last.path("type").asText()).isEqualTo("customer.erased");
    assertThat(last.at("/data/numbers/0").asText()).isEqualTo(ada.number());
    assertThat(last.at("/data/wanted").asText()).isEqualTo("delete");
    assertThat(recipient(ada).numbers()).isEmpty();
    office.advance(Duration.ofDays(3));
    office.wake();
    assertThat(office.told().getLast()).isEqualTo(last);
  }

  private void attempts() {
    for (int i = 0; i < ATTEMPTS; i++) {
      office.advance(A_DAY_AND_A_HALF);
      office.wake();
    }
  }

  @Test
  @Tag("slow")
  void whoMayKeepIsToldNothingOfAnEndByTimeAndWhoMayNotIsTold() {
    office.webhook("unlinked", GROUND + ", \"onRetention\": \"unlink\"");
    office.webhook("deleted", GROUND + ", \"onRetention\": \"delete\", \"onErase\": \"unlink\"");
    var ada = told();
    office.erase(ada, "retention");
    office.advance(Duration.ofMinutes(2));
    office.wake();

    assertThat(asked(ada).answer()).contains("keeps");
    assertThat(wanted()).containsExactlyInAnyOrder("/unlinked unlink", "/deleted delete");

    var bob = told();
    office.erase(bob, "request");
    office.advance(Duration.ofMinutes(2));
    office.wake();
    assertThat(wanted())
        .containsExactlyInAnyOrder("/demo delete", "/unlinked delete", "/deleted unlink");
  }

  @Test
  void whatIsOwedToATargetWithoutAFileWaitsUntilAPersonClosesIt() throws IOException {
    var ada = told();
    office.removeTarget("demo");
    office.erase(ada, "request");
    office.advance(Duration.ofMinutes(2));
    String printed = Office.printed(() -> office.stream("demo", 1));
    assertThat(printed).contains("\"lane-stopped\"", "no-target");
    assertThat(asked(ada).answer()).isEmpty();
    office.advance(Duration.ofDays(16));
    assertThat(Office.printed(office::wake)).contains("\"LaneStopped\":1", "\"EndUntold\":1");

    assertThat(close(ada)).isTrue();
    assertThat(close(ada)).isFalse();
    assertThat(asked(ada).answer()).contains("closed");
    office.invoke("{\"resume\": \"demo\"}");
    assertThat(Office.printed(office::wake)).doesNotContain("LaneStopped", "EndUntold");
    assertThat(office.receiver.calls()).isEmpty();
  }

  @Test
  void whatIsOwedToATargetIsToldWhenItsFileIsBack() throws IOException {
    var ada = told();
    office.removeTarget("demo");
    office.erase(ada, "request");
    office.advance(Duration.ofMinutes(2));
    office.stream("demo", 1);

    office.webhook("demo", GROUND + ", \"retired\": true");
    office.invoke("{\"resume\": \"demo\"}");
    office.wake();
    assertThat(asked(ada).answer()).contains("told");
  }

  @Test
  void nobodyClosesWhatIsNotOwed() {
    var ada = told();
    assertThat(close(ada)).isFalse();
    assertThat(asked(ada).answer()).isEmpty();
  }

  @Test
  void aWithdrawalIsToldToWhomItIsAboutAndOnce() {
    office.webhook("letters", MARKETING);
    var ada = told();
    var bob = told();
    office.withdraw(ada);
    var news = office.tellWithdrawal(ada, "");
    office.advance(Duration.ofMinutes(2));
    office.wake();
    office.wake();

    assertThat(office.receiver.calls())
        .singleElement()
        .satisfies(it -> assertThat(it.path()).isEqualTo("/letters"));
    assertThat(office.told().getFirst().path("type").asText()).isEqualTo("consent.withdrawn");
    assertThat(office.text(office.row("letters", news.id()), "state")).isEqualTo("told");
    assertThat(office.recipients.of(bob.customerId())).hasSize(2);
  }

  @Test
  void aWithdrawalBeforeAnErasureIsCoveredByIt() {
    office.webhook("letters", MARKETING);
    var ada = told();
    office.withdraw(ada);
    var news = office.tellWithdrawal(ada, "");
    office.erase(ada, "request");
    office.advance(Duration.ofMinutes(2));
    office.wake();

    assertThat(office.text(office.row("letters", news.id()), "code")).isEqualTo("erased");
    assertThat(office.told())
        .hasSize(2)
        .allMatch(it -> it.path("type").asText().equals("customer.erased"));
  }

  @Tag("slow")
  @Test
  void aWithdrawalThatNobodyTakesIsClosedByAPersonAndNoOther() {
    office.webhook("letters", MARKETING);
    var ada = told();
    var bob = told();
    for (var one : List.of(ada, bob)) {
      office.withdraw(one);
    }
    var news = office.tellWithdrawal(ada, "");
    var other = office.tellWithdrawal(bob, "");
    office.receiver.usually(503);
    attempts();
    assertThat(Office.printed(office::wake)).contains("\"EndUntold\":1");

    assertThat(close("letters", ada)).isTrue();
    assertThat(close("letters", ada)).isFalse();

    var letters = office.recipients.find(ada.customerId(), "letters").orElseThrow();
    assertThat(letters.withdrawal().answer()).contains("closed");
    assertThat(office.text(office.row("letters", news.id()), "code")).isEqualTo("closed");
    assertThat(office.row("letters", other.id())).containsKey("lane");
    office.receiver.usually(204);
    assertThat(close("letters", bob)).isTrue();
    assertThat(Office.printed(office::wake)).doesNotContain("\"EndUntold\":1");
  }

  @Test
  void noReceiptWaitsForWhoNeedNotBeToldOfAWithdrawal() {
    office.webhook("letters", MARKETING);
    var ada = told();
    var news = office.tellWithdrawal(ada, "");
    office.put(
        Table.REQUESTS,
        Map.of("id", AttributeValue.fromS(news.request()), "status", AttributeValue.fromS("DONE")));
    office.advance(Duration.ofMinutes(2));
    office.wake();

    var letters = office.recipients.find(ada.customerId(), "letters").orElseThrow();
    assertThat(letters.withdrawal().answer()).contains("consent-stands");
    assertThat(office.all(Table.REQUESTS))
        .filteredOn(it -> office.text(it, "id").equals(news.request()))
        .singleElement()
        .satisfies(it -> assertThat(it).containsEntry("answers", AttributeValue.fromN("1")));
    assertThat(office.receiver.calls()).isEmpty();
  }

  /** An attack: whoever may write the requests keeps a target from ever having answered. */
  @Test
  @Tag("slow")
  void aRowThatCannotCountKeepsNoEndFromBeingSettled() {
    var ada = told();
    var bob = told();
    done("r" + "A".repeat(22), "answers", AttributeValue.fromS("none"));
    done("r" + "B".repeat(21) + "A", "full", AttributeValue.fromS("x".repeat(400 * 1024 - 44)));
    office.erase(ada, "r" + "A".repeat(22));
    office.erase(bob, "r" + "B".repeat(21) + "A");
    office.advance(Duration.ofMinutes(2));

    assertThat(Office.printed(office::wake)).contains("row-forged");

    for (var one : List.of(ada, bob)) {
      assertThat(asked(one).answer()).contains("told");
      var row =
          office.row("demo", office.text(Deliveries.keyOfErasure("demo", one.customerId()), "id"));
      assertThat(office.text(row, "state")).isEqualTo("told");
    }
  }

  @Test
  void noReceiptWaitsForAWithdrawalThatIsDroppedWithItsTarget() throws IOException {
    office.webhook("letters", MARKETING);
    var ada = told();
    office.withdraw(ada);
    var news = office.tellWithdrawal(ada, "");
    done(news.request(), "answers", AttributeValue.fromN("0"));
    office.erase(ada, "request");
    var letters = office.recipients.find(ada.customerId(), "letters").orElseThrow();
    office.recipients.answer(letters, Recipients.Order.ERASE, "closed", office.clock.instant());
    office.removeTarget("letters");
    office.advance(Duration.ofMinutes(2));
    office.stream("letters", 1);

    assertThat(office.text(office.row("letters", news.id()), "code")).isEqualTo("no-target");
    assertThat(office.recipients.find(ada.customerId(), "letters").orElseThrow().withdrawal())
        .satisfies(it -> assertThat(it.answer()).contains("no-target"));
    assertThat(answers(news.request())).isEqualTo("1");
  }

  @Test
  void whoIsOwedAnErasureAndAWithdrawalClosesBoth() throws IOException {
    office.webhook("letters", MARKETING);
    var ada = told();
    office.withdraw(ada);
    var news = office.tellWithdrawal(ada, "");
    done(news.request(), "answers", AttributeValue.fromN("0"));
    office.erase(ada, "request");
    office.removeTarget("letters");
    office.advance(Duration.ofMinutes(2));
    office.stream("letters", 1);

    assertThat(close("letters", ada)).isTrue();
    assertThat(close("letters", ada)).isFalse();

    var letters = office.recipients.find(ada.customerId(), "letters").orElseThrow();
    assertThat(letters.erasure().answer()).contains("closed");
    assertThat(letters.withdrawal().answer()).contains("closed");
    assertThat(answers(news.request())).isEqualTo("1");
  }

  private void done(String request, String column, AttributeValue value) {
    var row =
        Map.of(
            "id",
            AttributeValue.fromS(request),
            "status",
            AttributeValue.fromS("DONE"),
            column,
            value);
    office.put(Table.REQUESTS, row);
  }

  private String answers(String request) {
    return office.all(Table.REQUESTS).stream()
        .filter(it -> office.text(it, "id").equals(request))
        .map(it -> requireNonNull(it.get("answers")).n())
        .findFirst()
        .orElseThrow();
  }

  /** Somebody of whom all targets were told. */
  private Somebody told() {
    var somebody = office.handsIn();
    office.wake();
    office.receiver.calls().clear();
    return somebody;
  }

  private boolean close(Somebody somebody) {
    return close("demo", somebody);
  }

  private boolean close(String target, Somebody somebody) {
    return office
        .invoke(
            "{\"close\": \"%s\", \"customer\": \"%s\"}".formatted(target, somebody.customerId()))
        .path("closed")
        .asBoolean();
  }

  private List<String> wanted() {
    return office.receiver.calls().stream()
        .map(it -> it.path() + " " + Office.body(it).at("/data/wanted").asText())
        .toList();
  }

  private Recipients.Recipient recipient(Somebody somebody) {
    return office.recipients.find(somebody.customerId(), "demo").orElseThrow();
  }

  private Recipients.Asked asked(Somebody somebody) {
    return recipient(somebody).erasure();
  }

  private List<String> ids() {
    return office.receiver.calls().stream().map(it -> it.header("webhook-id")).toList();
  }
}
