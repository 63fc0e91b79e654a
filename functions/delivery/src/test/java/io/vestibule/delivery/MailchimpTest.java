package io.vestibule.delivery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.local.partners.MailchimpAccount;
import io.vestibule.local.partners.PartnerAnswer;
import io.vestibule.store.Attributes;
import io.vestibule.store.Table;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who agreed becomes a member of an audience of Mailchimp, and goes from there when erased. */
@Tag("slow")
class MailchimpTest extends OfficeWithPartner {

  private static final String KEY = "0123456789abcdef-us19";

  private MailchimpAccount account;

  @BeforeEach
  void newAccount() {
    account("a1b2c3d4e5");
    mailchimp("\"tags\": [\"Web form\"]", "");
  }

  private void account(String audience) {
    account = new MailchimpAccount(KEY, audience, office.clock);
    server.be(account::answer);
  }

  private void mailchimp(String more, String end) {
    office.target(
        TARGET,
        """
        {"kind": "mailchimp",
         "mailchimp": {"audience": "a1b2c3d4e5", %s, "here": "%s"},
         "fields": {"email": "EMAIL", "name": "FNAME", "message": "MESSAGE"}%s%s}
        """
            .formatted(more, server.url(), Office.MARKETING, end));
    office.secret(TARGET, "{\"keys\": [\"" + KEY + "\"]}");
  }

  @Test
  void whoAgreedBecomesAMemberWithTheMomentOfThePressAndTheLanguageOfTheWords() {
    var ada = office.handsIn();
    office.advance(Duration.ofMinutes(3));
    office.wake();

    var member = member();
    assertThat(member.path("email_address").asText()).isEqualTo(ada.email());
    assertThat(member.path("status").asText()).isEqualTo("subscribed");
    assertThat(member.at("/merge_fields/MESSAGE").asText()).isEqualTo("Hello");
    assertThat(member.path("timestamp_opt").asText())
        .isEqualTo(
            office.clock.instant().minus(Duration.ofMinutes(3)).toString().replace("Z", "+00:00"));
    assertThat(member.path("language").asText()).isEqualTo("en");
    assertThat(member.at("/tags/0/name").asText()).isEqualTo("Web form");
    assertThat(state(ada)).isEqualTo("told taken");
  }

  @Test
  void whatSomebodyHandsInNextChangesTheMemberByOneCallAndItsTags() {
    var ada = told();
    server.calls().clear();
    office.handsIn(ada.email(), "Another question");
    office.wake();

    assertThat(member().at("/merge_fields/MESSAGE").asText()).isEqualTo("Another question");
    assertThat(server.calls()).hasSize(2);
  }

  @Test
  void aNewPersonTakesTwelveCallsOneOfThemOfKms() {
    // As a webhook; and what is kept of the member is read, and written before and after the call.
    assertThat(cost())
        .isEqualTo(
            Map.of(
                "Decrypt", 1L,
                "GetItem", 3L,
                "PutItem", 1L,
                "Query", 1L,
                "TransactGetItems", 1L,
                "TransactWriteItems", 1L,
                "UpdateItem", 4L));
  }

  @Test
  void whoUnsubscribedThereStaysSoAndStaffHearThatASignUpWasInVain() {
    var ada = told();
    account.set(ada.email(), "unsubscribed");
    var again = office.handsIn(ada.email(), "I want it again");
    String printed = Office.printed(office::wake);

    assertThat(member().path("status").asText()).isEqualTo("unsubscribed");
    assertThat(state(again)).isEqualTo("failed not-subscribed-there");
    assertThat(printed).contains("\"DeliveryFailed\"").doesNotContain(Office.CANARY);
  }

  @Test
  void aWithdrawalUnsubscribesAndNoSignUpLiftsThat() {
    var ada = told();
    withdrawAndTell(ada);
    assertThat(member().path("status").asText()).isEqualTo("unsubscribed");
    assertThat(withdrawal(ada)).contains("told");

    var again = office.handsIn(ada.email(), "I want it again");
    office.wake();
    assertThat(state(again)).isEqualTo("failed not-subscribed-there");
    assertThat(member().path("status").asText()).isEqualTo("unsubscribed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cleaned", "archived", "unsubscribed", "transactional"})
  void whoGetsNoMailsKeepsTheirStatusWhenTheyWithdraw(String status) {
    var ada = told();
    account.set(ada.email(), status);
    withdrawAndTell(ada);

    assertThat(member().path("status").asText()).isEqualTo(status);
    assertThat(withdrawal(ada)).contains("told");
  }

  @Test
  void whomMarketingAddsWhileMailchimpIsDownIsNotDeleted() {
    var ada = office.handsIn();
    server.lose(1, true); // The member that we would have made.
    office.wake();
    office.advance(Duration.ofSeconds(10));
    account.add(ada.email(), "Augusta");
    wakeUntilAllIsTold();
    eraseAndTell(ada);

    assertIsLeftToMarketing(member());
  }

  private static void assertIsLeftToMarketing(JsonNode member) {
    assertThat(member.path("status").asText()).isEqualTo("unsubscribed");
    assertThat(member.at("/merge_fields/LNAME").asText()).isEqualTo("Marketing's");
    assertThat(member.at("/merge_fields/FNAME").asText()).isEmpty();
    assertThat(member.at("/merge_fields/MESSAGE").asText()).isEmpty();
    assertThat(member.path("tags").toString())
        .contains("may you keep this contact?")
        .doesNotContain("Web form");
  }

  @Test
  void whoIsErasedBeforeAnythingArrivedIsDeletedIfItArrivedAllTheSame() {
    var ada = office.handsIn();
    server.lose(1, false); // It is a member, and nobody knows.
    office.wake();
    assertThat(account.members()).hasSize(1);
    eraseAndTell(ada);

    assertThat(account.members()).isEmpty();
    assertThat(erasure(ada)).contains("told");
  }

  @Test
  void whoIsErasedWhileMailchimpIsDownGoesWhenItIsBack() {
    var ada = told();
    server.answer(Optional.of(new PartnerAnswer(503, "")));
    eraseAndTell(ada);
    assertThat(erasure(ada)).isEmpty();

    server.answer(Optional.empty());
    wakeUntilAllIsTold();
    assertThat(account.members()).isEmpty();
    assertThat(erasure(ada)).contains("told");
  }

  @Test
  void whoIsErasedAfterTheTargetRetiredGoesAllTheSame() {
    var ada = told();
    mailchimp("\"tags\": [\"Web form\"]", ", \"retired\": true");
    eraseAndTell(ada);

    assertThat(account.members()).isEmpty();
    assertThat(erasure(ada)).contains("told");
  }

  @Test
  void whoComesBackAfterAnErasureCannotBeMadeAMemberAndStaffAreToldWhy() {
    var ada = told();
    eraseAndTell(ada);
    var again = office.handsIn(ada.email(), "Here again");
    office.wake();

    assertThat(state(again)).isEqualTo("failed mailchimp-forgotten");
    assertThat(account.members()).isEmpty();
    eraseAndTell(again);
    assertThat(erasure(again)).contains("told");
  }

  @Test
  void whoChangesTheirAddressThereIsFoundAllTheSame() {
    var ada = told();
    account.move(ada.email(), "augusta@example.org");
    office.advance(Duration.ofMinutes(1));
    office.onlyWrites(ada.email(), "When do you open?");
    office.wake();
    assertThat(member().path("email_address").asText()).isEqualTo("augusta@example.org");
    assertThat(member().at("/merge_fields/MESSAGE").asText()).isEqualTo("When do you open?");

    withdrawAndTell(ada);
    assertThat(member().path("status").asText()).isEqualTo("unsubscribed");
    eraseAndTell(ada);
    assertThat(account.members()).isEmpty();
    assertThat(erasure(ada)).contains("told");
  }

  @Test
  void whoComesBackBeforeTheErasureIsToldStaysSubscribedWithoutWhatWasToldBefore() {
    var ada = told();
    office.erase(ada, "request");
    office.advance(Duration.ofSeconds(1));
    var again = office.handsIn(ada.email(), "Here again");
    office.wake();
    assertThat(state(again)).isEqualTo("told taken");
    office.advance(Duration.ofMinutes(2));
    office.wake();

    assertThat(erasure(ada)).contains("told");
    assertThat(member().path("status").asText()).isEqualTo("subscribed");
    assertThat(member().at("/merge_fields/MESSAGE").asText()).isEmpty();
    eraseAndTell(again);
    assertThat(member().path("status").asText()).isEqualTo("unsubscribed");
    assertThat(erasure(again)).contains("told");
  }

  @Test
  void noErasureIsCalledDoneWithoutReadingWhoTheMemberIs() {
    var ada = told();
    var bob = told();
    var moved = new HashMap<>(recipient(ada));
    moved.put("handle", recipient(bob).get("handle"));
    office.put(Table.RECIPIENTS, moved);
    eraseAndTell(ada);

    assertThat(account.members()).hasSize(2);
    assertThat(erasure(ada)).isEmpty();
    assertThat(office.text(office.row(TARGET, "erasure#" + ada.customerId()), "code"))
        .isEqualTo("handle-unreadable");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"200 | {}", "200 | {\"id\":\"a1b2c3d4e5\"}", "202 | {}", "302 | ''", "500 | {}"})
  void noNonsenseIsAnAnswerToAnErasure(int status, String body) {
    var ada = told();
    server.be(
        call ->
            call.path().endsWith("/delete-permanent")
                ? new PartnerAnswer(status, body)
                : account.answer(call));
    eraseAndTell(ada);

    assertThat(account.members()).hasSize(1);
    assertThat(erasure(ada)).isEmpty();
  }

  @Test
  void noErasureIsCalledDoneInAnAudienceThatIsNotThere() {
    var ada = told();
    account("f6e7d8c9b0"); // The key is of another account.
    eraseAndTell(ada);

    assertThat(erasure(ada)).isEmpty();
    var row = office.row(TARGET, "erasure#" + ada.customerId());
    assertThat(office.text(row, "code")).isEqualTo("mailchimp-no-audience");
  }

  @Test
  void whoWasToldInOneAudienceIsNotToldInAnotherByTheSameTarget() {
    var ada = told();
    office.target(
        TARGET,
        """
        {"kind": "mailchimp", "mailchimp": {"audience": "f6e7d8c9b0", "here": "%s"},
         "fields": {"email": "EMAIL"}%s}
        """
            .formatted(server.url(), Office.MARKETING));
    var again = office.handsIn(ada.email(), "Another question");
    office.wake();

    assertThat(state(again)).isEqualTo("failed mailchimp-other-audience");
    eraseAndTell(ada);
    assertThat(account.members()).isEmpty();
  }

  @Test
  void anAudienceThatIsNotThereStopsTheLane() {
    account("f6e7d8c9b0");
    told();
    assertThat(stopped()).contains("mailchimp-no-audience");
  }

  @Test
  void theAddressIsInNoColumnAndInNoCallsPath() {
    var ada = told();
    assertThat(Attributes.bytes(recipient(ada), "handle"))
        .hasValueSatisfying(
            it -> assertThat(new String(it, ISO_8859_1)).doesNotContain("made", "a1b2c3d4e5"));
    assertThat(server.calls()).isNotEmpty().noneMatch(it -> it.contains("@") || it.contains("%40"));
    eraseAndTell(ada);
    assertThat(recipient(ada)).doesNotContainKey("handle");
  }

  @Test
  void nothingGoesThereOfWhoWasReadTooLongAgo() {
    var ada = office.handsIn();
    server.be(
        call -> {
          office.advance(Duration.ofSeconds(11));
          return account.answer(call);
        });
    office.wake();
    assertThat(account.members()).isEmpty();

    server.be(account::answer);
    wakeUntilAllIsTold();
    assertThat(state(ada)).isEqualTo("told taken");
  }

  @Test
  void whoeverIsBusyIsLeftAloneForAWhileAndNobodyIsLost() {
    account.beBusy(1);
    var ada = office.handsIn();
    var bob = office.handsIn();
    office.wake();
    assertThat(server.calls()).hasSize(1);
    assertThat(stopped()).isEmpty();

    wakeUntilAllIsTold();
    assertThat(List.of(state(ada), state(bob))).containsOnly("told taken");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | {\"title\":\"Member In Compliance State\",\"status\":400} | failed mailchimp-compliance-state",
        "400 | {\"title\":\"Forgotten Email Not Subscribed\",\"status\":400} | failed mailchimp-forgotten",
        "400 | {\"title\":\"See canary-2b7f\",\"status\":400} | failed mailchimp-invalid-resource",
        "400 | <html>canary-2b7f | failed status-400",
        "401 | {\"title\":\"API Key Invalid\",\"status\":401} | stopped refused-credentials",
        "403 | {\"title\":\"Forbidden\",\"status\":403} | stopped mailchimp-forbidden",
        "403 | '' | mailchimp-busy",
        "403 | <html> | mailchimp-busy",
        "404 | <html> | status-404",
        "429 | {\"title\":\"Too Many Requests\",\"status\":429} | mailchimp-too-many-requests",
        "500 | {\"title\":\"Internal Server Error\",\"status\":500} | status-500",
        "200 | hello canary-2b7f | no-json",
        "200 | {\"id\":\"somebody else\"} | mailchimp-no-member",
        "204 | '' | mailchimp-no-member",
        "302 | '' | status-302",
      })
  void eachAnswerIsUnderstoodAndNoWordOfItIsKept(int status, String body, String expected) {
    server.answer(Optional.of(new PartnerAnswer(status, body)));
    var ada = office.handsIn();
    String printed = Office.printed(office::wake);

    assertThat(stopped().map(it -> "stopped " + it).orElseGet(() -> state(ada)))
        .isEqualTo(expected);
    assertThat(printed).doesNotContain("canary-2b7f");
    assertThat(account.members()).isEmpty();
  }

  @Test
  void anEndlessAnswerIsNoneAndKeepsNobodyElse() {
    server.answer(Optional.of(new PartnerAnswer(200, "{\"id\": \"" + "x".repeat(3_000_000))));
    var ada = told();
    assertThat(state(ada)).isEqualTo("no-json");
  }

  @Test
  void aKeyMakesNoOtherHostThanMailchimps() {
    office.target(
        TARGET,
        """
        {"kind": "mailchimp", "mailchimp": {"audience": "a1b2c3d4e5"},
         "fields": {"email": "EMAIL"}%s}
        """
            .formatted(Office.MARKETING));
    office.secret(TARGET, "{\"keys\": [\"abc-us19.evil.example/\"]}");
    told();
    assertThat(stopped()).contains("secret-unusable");
  }

  @Test
  void aCheckSaysWhatIsMissingAndTellsOfNobody() {
    assertThat(missing()).isEmpty();
    assertThat(server.calls()).containsExactly("GET /3.0/lists/a1b2c3d4e5/merge-fields");

    account("f6e7d8c9b0");
    assertThat(missing()).singleElement().asString().contains("no audience a1b2c3d4e5");
    account = new MailchimpAccount("other", "a1b2c3d4e5", office.clock);
    server.be(account::answer);
    assertThat(missing()).singleElement().asString().contains("make a new one");
    office.secret(TARGET, "{}");
    assertThat(missing()).singleElement().asString().contains("lacks the key");
  }

  @Test
  void aCheckFindsAFieldThatTheAudienceLacks() {
    office.target(
        TARGET,
        """
        {"kind": "mailchimp", "mailchimp": {"audience": "a1b2c3d4e5", "here": "%s"},
         "fields": {"email": "EMAIL", "name": "NAME"}%s}
        """
            .formatted(server.url(), Office.MARKETING));
    assertThat(missing()).singleElement().asString().contains("no merge field NAME");
  }

  private JsonNode member() {
    assertThat(account.members()).hasSize(1);
    return account.members().getFirst();
  }
}
