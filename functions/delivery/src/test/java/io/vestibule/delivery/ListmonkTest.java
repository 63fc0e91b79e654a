package io.vestibule.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.local.partners.ListmonkServer;
import io.vestibule.local.partners.PartnerAnswer;
import io.vestibule.store.Erasure;
import io.vestibule.store.Table;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who agreed becomes a subscriber of a listmonk, and goes from there when erased. */
@Tag("slow")
class ListmonkTest extends OfficeWithPartner {

  private static final String KEY = "vestibule:0123456789abcdef";

  private ListmonkServer listmonk;

  @BeforeEach
  void newListmonk() {
    install();
    target("");
  }

  private void install() {
    listmonk = new ListmonkServer(KEY);
    server.be(listmonk::answer);
  }

  private void target(String end) {
    office.target(
        TARGET,
        """
        {"kind": "listmonk", "url": "%s", "listmonk": {"lists": [1]},
         "fields": {"email": "email", "name": "name", "message": "question"}%s%s}
        """
            .formatted(server.url(), Office.MARKETING, end));
    office.secret(TARGET, "{\"keys\": [\"" + KEY + "\"]}");
  }

  @Test
  void whoAgreedBecomesASubscriberByOneCallAndNeedNotConfirmAgain() {
    var ada = told();

    var subscriber = subscriber();
    assertThat(subscriber.path("email").asText()).isEqualTo(ada.email());
    assertThat(subscriber.path("lists").toString())
        .isEqualTo("[{\"id\":1,\"subscription_status\":\"confirmed\"}]");
    assertThat(subscriber.at("/attribs/question").asText()).isEqualTo("Hello");
    assertThat(subscriber.at("/attribs/vestibule_id_partner").asText())
        .hasSize(43)
        .isNotEqualTo(ada.customerId());
    assertThat(server.calls()).containsExactly("POST /api/subscribers");
  }

  @Test
  void whatSomebodyHandsInNextChangesTheSubscriberAndLeavesWhatTheOwnerAdded() {
    var ada = office.handsIn();
    listmonk.add(ada.email(), 2, "confirmed");
    office.wake();
    office.handsIn(ada.email(), "Another question");
    office.wake();

    assertThat(subscriber().at("/attribs/question").asText()).isEqualTo("Another question");
    assertThat(subscriber().at("/attribs/city").asText()).isEqualTo("Bonn");
    assertThat(subscriber().path("attribs").has("vestibule_id_partner")).isFalse();
    assertThat(subscriber().path("lists")).hasSize(2);
  }

  @Test
  void whoUnsubscribedThereStaysSoAndStaffHearThatASignUpWasInVain() {
    var ada = told();
    listmonk.unsubscribe(ada.email());
    var again = office.handsIn(ada.email(), "I want it again");
    office.wake();

    assertThat(status(1)).isEqualTo("unsubscribed");
    assertThat(state(again)).isEqualTo("failed not-subscribed-there");
  }

  @Test
  void whomTheOwnerBlockedStaysSo() {
    var ada = told();
    listmonk.set(ada.email(), "blocklisted");
    var again = office.handsIn(ada.email(), "I want it again");
    office.wake();

    assertThat(subscriber().path("status").asText()).isEqualTo("blocklisted");
    assertThat(state(again)).isEqualTo("failed not-subscribed-there");
  }

  @Test
  void whoHadNotConfirmedThereHasNow() {
    var ada = office.handsIn();
    listmonk.add(ada.email(), 1, "unconfirmed");
    office.wake();

    assertThat(status(1)).isEqualTo("confirmed");
  }

  @Test
  void aWithdrawalUnsubscribesAndNoSignUpLiftsThat() {
    var ada = told();
    withdrawAndTell(ada);
    assertThat(status(1)).isEqualTo("unsubscribed");
    assertThat(withdrawal(ada)).contains("told");

    var again = office.handsIn(ada.email(), "I want it again");
    office.wake();
    assertThat(status(1)).isEqualTo("unsubscribed");
    assertThat(state(again)).isEqualTo("failed not-subscribed-there");
  }

  @Test
  void whoIsErasedBeforeTheAnswerCameIsFoundByTheKey() {
    var ada = office.handsIn();
    server.lose(0, false); // They are a subscriber, and nobody knows.
    office.wake();
    assertThat(listmonk.subscribers()).hasSize(1);
    eraseAndTell(ada);

    assertThat(listmonk.subscribers()).isEmpty();
    assertThat(erasure(ada)).contains("told");
  }

  @Test
  void whoComesBackBeforeTheErasureIsToldDoesNotGoWithIt() {
    var ada = told();
    office.erase(ada, "request");
    office.advance(Duration.ofSeconds(1));
    var again = office.handsIn(ada.email(), "Here again");
    office.wake();
    assertThat(state(again)).isEqualTo("told taken");
    assertThat(subscriber().at("/attribs/question").asText()).isEqualTo("Here again");
    office.advance(Duration.ofMinutes(2));
    wakeUntilAllIsTold();

    assertThat(erasure(ada)).contains("told");
    assertThat(subscriber().at("/attribs/question").asText()).isEqualTo("Here again");
    eraseAndTell(again);
    assertThat(listmonk.subscribers()).isEmpty();
    assertThat(erasure(again)).contains("told");
  }

  @ParameterizedTest
  @CsvSource({"9,true", "1,true", "1,false", "2,true", "2,false"})
  void whoComesBackAfterTheirTimeWasOverTakesTheSubscriberAndItGoesWithTheirErasure(
      int call, boolean isDeaf) {
    var ada = told();
    office.erase(ada, Erasure.RETENTION);
    office.advance(Duration.ofMinutes(2));
    office.wake();
    assertThat(listmonk.subscribers()).hasSize(1);
    var again = office.handsIn(ada.email(), "Here again");
    server.lose(call, isDeaf);
    wakeUntilAllIsTold();
    assertThat(state(again)).isEqualTo("told taken");
    assertThat(subscriber().at("/attribs/question").asText()).isEqualTo("Here again");

    eraseAndTell(again);
    assertThat(listmonk.subscribers()).isEmpty();
    assertThat(erasure(again)).contains("told");
  }

  @Test
  void nothingStaysOfWhatWasToldBeforeByWhoComesBackAndTellsLess() {
    var ada = told();
    office.erase(ada, Erasure.RETENTION);
    office.advance(Duration.ofSeconds(1));
    office.target(
        TARGET,
        """
        {"kind": "listmonk", "url": "%s", "listmonk": {"lists": [1]},
         "fields": {"email": "email", "phone": "question"}%s}
        """
            .formatted(server.url(), Office.MARKETING));
    office.handsIn(ada.email(), "Here again");
    office.wake();

    assertThat(subscriber().at("/attribs/question").isNull()).isTrue();
    assertThat(ada.email()).startsWith(subscriber().path("name").asText() + "@");
  }

  @Test
  void whatTheFileMappedBeforeSomebodyCameBackGoesWithTheErasure() {
    var ada = told();
    office.erase(ada, "request");
    office.advance(Duration.ofSeconds(1));
    office.target(
        TARGET,
        """
        {"kind": "listmonk", "url": "%s", "listmonk": {"lists": [1]},
         "fields": {"email": "email", "message": "topic"}%s}
        """
            .formatted(server.url(), Office.MARKETING));
    office.handsIn(ada.email(), "Here again");
    office.wake();
    assertThat(subscriber().at("/attribs/question").asText()).isEqualTo("Hello");
    office.advance(Duration.ofMinutes(2));
    wakeUntilAllIsTold();

    assertThat(erasure(ada)).contains("told");
    assertThat(subscriber().toString()).doesNotContain("Hello");
    assertThat(subscriber().at("/attribs/topic").asText()).isEqualTo("Here again");
    assertThat(status(1)).isEqualTo("confirmed");
  }

  @Test
  void twoTargetsOfOneServerShareASubscriberAndEachErasureIsTold() {
    office.target(
        "other",
        """
        {"kind": "listmonk", "url": "%s", "listmonk": {"lists": [2]},
         "fields": {"email": "email"}%s}
        """
            .formatted(server.url(), Office.MARKETING));
    office.secret("other", "{\"keys\": [\"" + KEY + "\"]}");
    var ada = told();

    assertThat(state(ada)).isEqualTo("told taken");
    assertThat(office.text(office.row("other", ada), "code")).isEqualTo("taken");
    assertThat(List.of(status(1), status(2))).containsOnly("confirmed");
    eraseAndTell(ada);
    wakeUntilAllIsTold();
    assertThat(listmonk.subscribers()).isEmpty();
    assertThat(office.recipients.of(ada.customerId()))
        .hasSize(2)
        .allSatisfy(it -> assertThat(it.erasure().answer()).contains("told"));
  }

  @Test
  void whomTheOwnerDeletedIsBroughtBackByANewConsentOnly() {
    var ada = told();
    listmonk.remove(ada.email());
    office.advance(Duration.ofMinutes(1));
    var writes = office.onlyWrites(ada.email(), "When do you open?");
    office.wake();
    assertThat(listmonk.subscribers()).isEmpty();
    assertThat(state(writes)).isEqualTo("told taken");

    office.handsIn(ada.email(), "I want it again");
    office.wake();
    assertThat(status(1)).isEqualTo("confirmed");
  }

  @Test
  void whomTheOwnerTookOffAListIsPutBackByANewConsentOnly() {
    var ada = told();
    listmonk.takeOff(ada.email());
    office.advance(Duration.ofMinutes(1));
    office.onlyWrites(ada.email(), "When do you open?");
    office.wake();
    assertThat(status(1)).isEmpty();
    assertThat(subscriber().at("/attribs/question").asText()).isEqualTo("When do you open?");

    office.handsIn(ada.email(), "I want it again");
    office.wake();
    assertThat(status(1)).isEqualTo("confirmed");
  }

  @Test
  void aWithdrawalGoesToEachListThatTheFileEverNamed() {
    var ada = told();
    onListTwo();
    office.handsIn(ada.email(), "Another question");
    office.wake();
    assertThat(List.of(status(1), status(2))).containsOnly("confirmed");
    target("");
    withdrawAndTell(ada);

    assertThat(List.of(status(1), status(2))).containsOnly("unsubscribed");
  }

  private void onListTwo() {
    office.target(
        TARGET,
        """
        {"kind": "listmonk", "url": "%s", "listmonk": {"lists": [2]},
         "fields": {"email": "email", "message": "question"}%s}
        """
            .formatted(server.url(), Office.MARKETING));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | {\"message\":\"maintenance\"}",
        "409 | {\"message\":\"conflict\"}",
        "200 | {\"data\":true}",
        "200 | {\"data\":{}}",
        "200 | {\"data\":{\"results\":null}}",
        "200 | hello",
        "204 | ''",
        "302 | ''",
        "500 | {\"message\":\"Error\"}",
      })
  void noNonsenseIsAnAnswerToAnErasure(int status, String body) {
    var ada = told();
    server.answer(Optional.of(new PartnerAnswer(status, body)));
    eraseAndTell(ada);
    assertThat(erasure(ada)).isEmpty();

    server.answer(Optional.empty());
    server.be(
        call ->
            call.method().equals("DELETE")
                ? new PartnerAnswer(200, "{\"data\":true}")
                : listmonk.answer(call));
    office.advance(Duration.ofDays(1));
    wakeUntilAllIsTold();
    assertThat(erasure(ada)).isEmpty();
    assertThat(listmonk.subscribers()).hasSize(1);
  }

  @Test
  void nobodysHandleIsBelievedOfAnotherPerson() {
    var ada = told();
    var bob = told();
    var moved = new HashMap<>(recipient(ada));
    moved.put("handle", recipient(bob).get("handle"));
    office.put(Table.RECIPIENTS, moved);
    eraseAndTell(ada);

    assertThat(subscriber().path("email").asText()).isEqualTo(bob.email());
    assertThat(erasure(ada)).contains("told");
  }

  @Test
  void nobodyIsDeletedWhoHasTheNumberAtAnotherServer() {
    var ada = told();
    install(); // Another database, behind the same address.
    listmonk.add("stranger@example.org", 1, "confirmed");
    eraseAndTell(ada);

    assertThat(subscriber().path("email").asText()).isEqualTo("stranger@example.org");
    assertThat(subscriber().path("name").asText()).isEqualTo("Theirs");
    assertThat(erasure(ada)).isEmpty();
  }

  @Test
  void noErasureIsCalledDoneAtAnotherAddress() {
    var ada = told();
    office.target(
        TARGET,
        """
        {"kind": "listmonk", "url": "%s/other", "listmonk": {"lists": [1]},
         "fields": {"email": "email"}%s}
        """
            .formatted(server.url(), Office.MARKETING));
    eraseAndTell(ada);

    assertThat(erasure(ada)).isEmpty();
    assertThat(office.text(office.row(TARGET, "erasure#" + ada.customerId()), "code"))
        .isEqualTo("listmonk-other-server");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoIsErasedWhileItIsDownOrRetiredGoesInTheEnd(boolean isRetired) {
    var ada = told();
    if (isRetired) {
      target(", \"retired\": true");
    } else {
      server.answer(Optional.of(new PartnerAnswer(503, "")));
    }
    eraseAndTell(ada);
    server.answer(Optional.empty());
    wakeUntilAllIsTold();

    assertThat(listmonk.subscribers()).isEmpty();
    assertThat(erasure(ada)).contains("told");
  }

  @Test
  void anApostropheInAnAddressIsNoSql() {
    var ada = office.handsIn("o'hara@" + Office.CANARY + ".example", "Hello");
    listmonk.add(ada.email(), 2, "confirmed");
    office.wake();

    assertThat(subscriber().at("/attribs/question").asText()).isEqualTo("Hello");
    assertThat(state(ada)).isEqualTo("told taken");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | {\"message\":\"See canary-2b7f\"} | failed listmonk-refused",
        "400 | <html>canary-2b7f | failed status-400",
        "403 | {\"message\":\"invalid API credentials\"} | stopped refused-credentials",
        "404 | {\"message\":\"Not Found\"} | stopped listmonk-no-such-call",
        "405 | {\"message\":\"Method Not Allowed\"} | stopped listmonk-no-such-call",
        "404 | <html> | status-404",
        "429 | {\"message\":\"slow\"} | status-429",
        "500 | {\"message\":\"Error\"} | status-500",
        "200 | hello canary-2b7f | no-json",
        "200 | {\"data\":true} | listmonk-no-subscriber",
        "200 | {\"data\":{\"id\":1,\"uuid\":\"../../1\"}} | listmonk-no-subscriber",
        "409 | {\"message\":\"E-mail already exists.\"} | listmonk-exists",
        "302 | '' | status-302",
      })
  void eachAnswerIsUnderstoodAndNoWordOfItIsKept(int status, String body, String expected) {
    server.answer(Optional.of(new PartnerAnswer(status, body)));
    var ada = office.handsIn();
    String printed = Office.printed(office::wake);

    assertThat(stopped().map(it -> "stopped " + it).orElseGet(() -> state(ada)))
        .isEqualTo(expected);
    assertThat(printed).doesNotContain("canary-2b7f");
  }

  @Test
  void aCheckSaysWhatIsMissingAndTellsOfNobody() {
    assertThat(missing()).isEmpty();
    assertThat(server.calls()).containsExactly("GET /api/lists", "GET /api/subscribers");

    server.be(
        call ->
            call.path().equals("/api/subscribers")
                ? new PartnerAnswer(403, "{\"message\":\"permission denied\"}")
                : listmonk.answer(call));
    assertThat(missing()).singleElement().asString().contains("or a right of theirs");
    server.be(listmonk::answer);

    office.target(
        TARGET,
        """
        {"kind": "listmonk", "url": "%s", "listmonk": {"lists": [1, 9]},
         "fields": {"email": "email"}%s}
        """
            .formatted(server.url(), Office.MARKETING));
    assertThat(missing()).singleElement().asString().contains("no list 9");
    office.secret(TARGET, "{\"keys\": [\"somebody:else\"]}");
    assertThat(missing()).singleElement().asString().contains("refuses the key's user");
    office.secret(TARGET, "{}");
    assertThat(missing()).singleElement().asString().contains("lacks the key");
  }

  private String status(int list) {
    return subscriber()
        .path("lists")
        .valueStream()
        .filter(it -> it.path("id").asInt() == list)
        .map(it -> it.path("subscription_status").asText())
        .findFirst()
        .orElse("");
  }

  private JsonNode subscriber() {
    assertThat(listmonk.subscribers()).hasSize(1);
    return listmonk.subscribers().getFirst();
  }
}
