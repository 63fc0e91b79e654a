package io.vestibule.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.partners.PartnerAnswer;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** People become records of Fxiaoke, one each, and go from there when they are erased. */
@Tag("slow")
class FxiaokeTest extends OfficeWithFxiaoke {

  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  @Test
  void whoHandsInBecomesALeadAndWhatTheyHandInNextChangesIt() {
    var ada = told();
    office.handsIn(ada.email(), "Another question");
    office.wake();

    assertThat(lead().path("email").asText()).isEqualTo(ada.email());
    assertThat(lead().path("remark").asText()).isEqualTo("Another question");
    assertThat(lead().path("source").asText()).isEqualTo("6");
    assertThat(lead().path("vestibule_id__c").asText()).hasSize(43).isNotEqualTo(ada.customerId());
  }

  @Test
  void credentialsOfTheOlderGenerationGoInTheBody() {
    target("\"user\": \"FSUID_1000\", \"credentials\": \"corp\"", FIELDS, Office.GROUND);
    var ada = told();

    assertThat(server.calls()).startsWith("POST /cgi/corpAccessToken/get/V2");
    assertThat(state(ada)).isEqualTo("told taken");
    eraseAndTell(ada);
    assertThat(crm.records("LeadsObj")).isEmpty();
  }

  @Test
  void anObjectOfTheEnterprisesOwnHasAnotherAddress() {
    target("\"user\": \"1000\", \"object\": \"person__c\"", FIELDS, Office.GROUND);
    var ada = told();

    assertThat(server.calls()).contains("POST /cgi/crm/custom/v2/data/create");
    assertThat(crm.records("person__c")).hasSize(1);
    eraseAndTell(ada);
    assertThat(crm.records("person__c")).isEmpty();
  }

  @Test
  void whoeverDoesNotKnowWhetherThereIsARecordMakesNoneUntilAQueryWouldFindIt() {
    var ada = office.handsIn();
    crm.queryLate(true);
    server.lose(4, false); // The record is made, and nobody hears of it.
    office.wake();
    for (int i = 0; i < 4; i++) {
      office.advance(Duration.ofMinutes(14));
      office.wake();
    }
    assertThat(crm.records("LeadsObj")).hasSize(1);
    assertThat(state(ada)).isEqualTo("fxiaoke-in-doubt");

    crm.queryLate(false);
    wakeUntilAllIsTold();
    assertThat(crm.records("LeadsObj")).hasSize(1);
    assertThat(state(ada)).isEqualTo("told taken");
  }

  @ParameterizedTest
  @ValueSource(strings = {"STRICT", "KIND", "DROPS", "SHOWS"})
  void whatSalesHadBeforeStaysWithoutWhatCameFromUsAndWithAQuestion(String reading) {
    crm.read(readings(reading));
    var ada = office.handsIn();
    crm.add("LeadsObj", ofSales(ada));
    office.wake();
    assertThat(lead().path("city__c").asText()).isEqualTo("Bonn");
    assertThat(lead().path("remark").asText()).isEqualTo("Hello");
    assertThat(lead().has("vestibule_id__c")).isFalse();

    eraseAndTell(ada);
    assertThat(lead().path("city__c").asText()).isEqualTo("Bonn");
    assertThat(lead().path("company").asText()).isEqualTo("C");
    assertThat(lead().path("name").asText()).isEqualTo("-");
    assertThat(lead().path("remark").asText()).isEqualTo("已按本人要求删除其资料：这条记录还可以保留吗？");
    assertThat(lead().toString()).doesNotContain(ada.email());
    assertThat(erasure(ada)).contains("told");
  }

  @Test
  void theQuestionStandsBelowWhatSalesHaveWritten() {
    target("\"email\": \"email\", \"name\": \"name\"", Office.GROUND);
    var ada = office.handsIn();
    crm.add("LeadsObj", Map.of("name", "L", "email", ada.email(), "remark", "Calls on Fridays"));
    office.wake();
    eraseAndTell(ada);

    assertThat(lead().path("remark").asText()).matches("Calls on Fridays\n已按本人要求.*");
  }

  @Test
  void whatLiesInAPoolIsTakenOutToBeChanged() {
    var ada = office.handsIn();
    crm.add("LeadsObj", Map.of("name", "L", "email", ada.email(), "leads_pool_id", "634a"));
    office.wake();
    assertThat(lead().path("remark").asText()).isEqualTo("Hello");
    assertThat(server.calls()).contains("POST /cgi/crm/v2/data/choose");
  }

  @Test
  void whatWeMadeInAPoolIsTakenOutToBeDeleted() {
    target(
        "\"user\": \"1000\", \"constants\": {\"leads_pool_id\": \"634a\"}", FIELDS, Office.GROUND);
    var ada = told();
    assertThat(lead().has("owner")).isFalse();
    eraseAndTell(ada);
    assertThat(crm.records("LeadsObj")).isEmpty();
    assertThat(erasure(ada)).contains("told");
  }

  @Test
  void whatSalesThrewAwayIsMadeAnewAndNothingOfItStays() {
    var ada = told();
    crm.throwAway("LeadsObj", lead().path("_id").asText());
    office.handsIn(ada.email(), "Here again");
    office.wake();

    assertThat(lead().path("remark").asText()).isEqualTo("Here again");
    assertThat(lead().path("life_status").asText()).isEqualTo("normal");
  }

  @ParameterizedTest
  @ValueSource(strings = {"STRICT", "KIND"})
  void whatSalesThrewAwayIsDeletedWithThePerson(String reading) {
    var ada = told();
    crm.read(readings(reading));
    crm.throwAway("LeadsObj", lead().path("_id").asText());
    eraseAndTell(ada);

    assertThat(crm.records("LeadsObj")).isEmpty();
    assertThat(erasure(ada)).contains("told");
  }

  @Test
  void twoRecordsWithOurKeyGoBoth() {
    var ada = told();
    crm.add(
        "LeadsObj",
        Map.of("name", "L", "vestibule_id__c", lead().path("vestibule_id__c").asText()));
    eraseAndTell(ada);

    assertThat(crm.records("LeadsObj")).isEmpty();
  }

  @Test
  void whoUnlinksIsLeftARecordWithoutThePerson() {
    target(FIELDS, Office.GROUND + ", \"onErase\": \"unlink\"");
    var ada = told();
    eraseAndTell(ada);

    assertThat(lead().has("email")).isFalse();
    assertThat(lead().has("vestibule_id__c")).isFalse();
    assertThat(erasure(ada)).contains("told");
  }

  @Test
  void aWithdrawalTicksItsField() {
    target(FIELDS, Office.MARKETING);
    var ada = told();
    withdrawAndTell(ada);

    assertThat(lead().path("opt_out__c").booleanValue()).isTrue();
    assertThat(withdrawal(ada)).contains("told");
  }

  @Test
  void aTokenThatEndsInTheMiddleIsMadeUpForOnce() {
    told();
    crm.forgetTokens();
    told();
    assertThat(crm.records("LeadsObj")).hasSize(2);
    assertThat(crm.tokensGiven()).isEqualTo(2);

    server.be(
        call -> {
          if (call.path().endsWith("/create")) {
            crm.forgetTokens();
          }
          return crm.answer(call);
        });
    var ada = told();
    assertThat(crm.records("LeadsObj")).hasSize(2);
    assertThat(stopped()).contains("refused-credentials");
    assertThat(state(ada)).isEqualTo("refused-credentials");
  }

  @Test
  void aQuotaThatIsGoneKeepsEverybodyWaitingUntilMidnightInShanghai() {
    told();
    crm.allow(crm.used());
    var ada = office.handsIn();
    office.wake();
    assertThat(state(ada)).isEqualTo("fxiaoke-30002");
    int calls = server.calls().size();

    office.advance(untilMidnight().minusMinutes(2));
    office.wake();
    assertThat(server.calls()).hasSize(calls);

    crm.allow(100);
    office.advance(Duration.ofMinutes(5));
    office.wake();
    assertThat(state(ada)).isEqualTo("told taken");
  }

  private Duration untilMidnight() {
    var now = office.clock.instant().atZone(SHANGHAI);
    return Duration.between(now, now.toLocalDate().plusDays(1).atStartOfDay(SHANGHAI));
  }

  @Test
  void anErasureWaitsForWhoeverIsDownAndGoesToWhoeverIsRetired() {
    var ada = told();
    server.answer(Optional.of(new PartnerAnswer(502, "<html>")));
    eraseAndTell(ada);
    assertThat(erasure(ada)).isEmpty();

    target(FIELDS, Office.GROUND + ", \"retired\": true");
    server.answer(Optional.empty());
    wakeUntilAllIsTold();
    assertThat(erasure(ada)).contains("told");
    assertThat(crm.records("LeadsObj")).isEmpty();
  }

  @Test
  void whoIsErasedWhileTheirRecordIsBeingMadeHasNoneInTheEnd() {
    var ada = office.handsIn();
    server.be(
        call -> {
          var answer = crm.answer(call);
          if (call.path().endsWith("/create")) {
            office.erase(ada, "request");
          }
          return answer;
        });
    office.wake();
    server.be(crm::answer);
    office.advance(Duration.ofMinutes(2));
    wakeUntilAllIsTold();

    assertThat(crm.records("LeadsObj")).isEmpty();
    assertThat(erasure(ada)).contains("told");
  }

  @Test
  void whoComesBackBeforeTheErasureIsToldDoesNotGetTheOldRecord() {
    var ada = told();
    var old = lead().path("vestibule_id__c").asText();
    office.erase(ada, "request");
    office.advance(Duration.ofSeconds(1));
    office.handsIn(ada.email(), "Here again");
    office.wake();
    assertThat(crm.records("LeadsObj")).hasSize(2);

    office.advance(Duration.ofMinutes(2));
    office.wake();
    assertThat(lead().path("remark").asText()).isEqualTo("Here again");
    assertThat(lead().path("vestibule_id__c").asText()).isNotEqualTo(old);
  }

  @Test
  void aChoiceThatTheyDoNotHaveFailsAndKeepsNobodyElseWaiting() {
    target("\"email\": \"email\", \"name\": \"source\"", Office.GROUND);
    var ada = office.handsIn();
    String printed = Office.printed(office::wake);

    assertThat(state(ada)).isEqualTo("failed fxiaoke-no-such-option");
    assertThat(stopped()).isEmpty();
    assertThat(printed).contains("\"DeliveryFailed\"").doesNotContain(Office.CANARY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {\"errorCode\":-1,\"errorMessage\":\"canary-2b7f\"} | fxiaoke-busy",
        "200 | {\"errorCode\":50009} | fxiaoke-busy",
        "200 | {\"errorCode\":14001} | fxiaoke-14001",
        "200 | {\"errorCode\":30004} | fxiaoke-30004",
        "200 | {\"errorCode\":30002} | fxiaoke-30002",
        "200 | {\"errorCode\":30003} | stopped fxiaoke-30003",
        "200 | {\"errorCode\":20006} | stopped fxiaoke-20006",
        "200 | {\"errorCode\":20022} | stopped fxiaoke-20022",
        "200 | {\"errorCode\":15003} | stopped fxiaoke-15003",
        "200 | {\"errorCode\":20012} | stopped fxiaoke-20012",
        "200 | {\"errorCode\":20005} | stopped refused-credentials",
        "200 | {\"errorMessage\":\"canary-2b7f\"} | no-json",
        "200 | hello canary-2b7f | no-json",
        "302 | <html> | status-302",
        "400 | {} | stopped status-400",
        "403 | {} | stopped refused-credentials",
        "502 | <html> | status-502"
      })
  void eachAnswerOfTheApiIsUnderstood(int status, String body, String expected) {
    answerWithToken(new PartnerAnswer(status, body), crm::answer);
    var ada = office.handsIn();
    String printed = Office.printed(office::wake);

    assertThat(stopped().map(it -> "stopped " + it).orElse(state(ada))).isEqualTo(expected);
    assertThat(printed).doesNotContain("canary-2b7f");
  }

  @Test
  void aCheckSaysWhatIsMissingAndTellsOfNobody() {
    assertThat(missing()).isEmpty();
    assertThat(server.calls())
        .containsExactly("POST /oauth2.0/token", "POST /cgi/crm/v2/object/describe");

    crm.drop("LeadsObj", "vestibule_id__c");
    crm.want("LeadsObj", "company");
    assertThat(missing())
        .satisfiesExactly(
            it -> assertThat(it).contains("no field vestibule_id__c: make one"),
            it -> assertThat(it).contains("wants the field company filled"));
    target("\"user\": \"1001\", \"constants\": {\"source\": \"展会\"}", FIELDS, Office.GROUND);
    assertThat(missing()).singleElement().asString().contains("no such employee");
    crm.allow(0);
    target(FIELDS, Office.GROUND);
    assertThat(missing()).singleElement().asString().contains("bought no package");
    office.secret(TARGET, SECRET.replace("s3cret", "other"));
    assertThat(missing()).singleElement().asString().contains("correct the target's secret");
    office.secret(TARGET, "{}");
    assertThat(missing()).singleElement().asString().contains("lacks appId");
  }

  @Test
  void aRecordWhoseOwnerIsShownAsATextIsTakenFromNobody() {
    var ada = office.handsIn();
    crm.add("LeadsObj", ofSales(ada));
    office.wake();

    assertThat(state(ada)).isEqualTo("told taken");
    assertThat(server.calls()).noneMatch(it -> it.endsWith("/choose"));
  }

  @Test
  void whoIsInDoubtKeepsNobodyElseWaiting() {
    var ada = office.handsIn();
    crm.queryLate(true);
    server.lose(4, true);
    office.wake();
    office.handsIn();
    office.advance(Duration.ofMinutes(10));
    var grace = office.handsIn();
    office.wake();

    assertThat(state(ada)).isEqualTo("fxiaoke-in-doubt");
    assertThat(state(grace)).isEqualTo("told taken");
  }

  @Test
  void whoseRecordIsNotFoundYetKeepsNobodyElseWaiting() {
    var ada = office.handsIn();
    server.lose(4, true);
    office.wake();
    office.erase(ada, "request");
    office.advance(Duration.ofMinutes(2));
    var grace = office.handsIn();
    office.wake();

    assertThat(erasure(ada)).isEmpty();
    assertThat(state(grace)).isEqualTo("told taken");
  }

  @ParameterizedTest
  @CsvSource({"describe,90001", "query,15002"})
  void whatIsRefusedToEverybodyStopsTheTarget(String verb, int code) {
    server.be(
        call ->
            call.path().endsWith("/" + verb)
                ? new PartnerAnswer(200, "{\"errorCode\":%d}".formatted(code))
                : crm.answer(call));
    var ada = office.handsIn();
    office.wake();

    assertThat(stopped()).contains("fxiaoke-" + code);
    assertThat(state(ada)).isEqualTo("fxiaoke-" + code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"vestibule_id__c", "remark", "source"})
  void aFieldThatTheObjectDoesNotHaveStopsTheTarget(String field) {
    crm.drop("LeadsObj", field);
    var ada = office.handsIn();
    office.wake();

    assertThat(stopped()).contains("fxiaoke-no-field");
    assertThat(state(ada)).isEqualTo("fxiaoke-no-field");
  }

  @Test
  void aDescriptionWithoutFieldsIsNone() {
    server.be(
        call ->
            call.path().endsWith("/describe")
                ? new PartnerAnswer(200, "{\"errorCode\":0}")
                : crm.answer(call));
    var ada = told();
    assertThat(state(ada)).isEqualTo("fxiaoke-no-fields");
    assertThat(missing()).singleElement().asString().contains("fxiaoke-no-fields");
  }

  @Test
  void aTokenThatEndsAtOnceIsNone() {
    server.be(
        call ->
            call.path().endsWith("/token")
                ? new PartnerAnswer(
                    200,
                    crm.answer(call).body().replaceFirst("\"expiresIn\":[0-9]+", "\"expiresIn\":0"))
                : crm.answer(call));
    assertThat(state(told())).isEqualTo("fxiaoke-no-token");
  }

  @Test
  void aCheckAsksAnewWhatWasKnown() {
    var handler = office.handler();
    var check = "{\"check\": \"" + TARGET + "\"}";
    assertThat(Office.call(handler, check).path("missing")).isEmpty();
    crm.drop("LeadsObj", "vestibule_id__c");
    assertThat(Office.call(handler, check).path("missing")).hasSize(1);
  }

  @Test
  void aWithdrawalTicksEachRecordThatHasOurKey() {
    target(FIELDS, Office.MARKETING);
    var ada = told();
    crm.add(
        "LeadsObj",
        Map.of("name", "L", "vestibule_id__c", lead().path("vestibule_id__c").asText()));
    withdrawAndTell(ada);

    assertThat(crm.records("LeadsObj"))
        .hasSize(2)
        .allMatch(it -> it.path("opt_out__c").booleanValue());
    assertThat(withdrawal(ada)).contains("told");
  }

  @Test
  void aFirstMessageTakesThreeCallsOfAwsMoreThanToAWebhookAndNoneOfKms() {
    var handler = office.handler();
    office.handsIn();
    Office.call(handler, "{}");
    office.handsIn();
    var calls = DyingCalls.record();
    Office.call(handler, "{}");
    DyingCalls.calm();

    // The handle is read; the mark is kept, and the number. The lane is taken, and given back.
    assertThat(calls.stream().filter("GetItem"::equals)).hasSize(2 + 1);
    assertThat(calls.stream().filter("UpdateItem"::equals)).hasSize(2 + 2 + 2);
    assertThat(calls.stream().filter("Decrypt"::equals)).hasSize(1);
  }
}
