package io.vestibule.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.delivery.Office.Somebody;
import io.vestibule.local.partners.PartnerAnswer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An erasure is told only of what is seen to be gone at Fxiaoke, and one field keeps no other. */
@Tag("slow")
class FxiaokeErasureTest extends OfficeWithFxiaoke {

  private static final String UNLINK = Office.GROUND + ", \"onErase\": \"unlink\"";

  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,false"})
  void aRecordThatIsNotShownToUsIsNotTakenForErased(boolean isOfSales, boolean isUnlinked) {
    target(FIELDS, isUnlinked ? UNLINK : Office.GROUND);
    var ada = office.handsIn();
    if (isOfSales) {
      crm.add("LeadsObj", ofSales(ada));
    }
    office.wake();
    crm.hide("LeadsObj", lead().path("_id").asText());

    for (int day = 0; day < 2; day++) {
      assertThat(printedWhenErased(ada, day)).contains("fxiaoke-not-shown");
      assertThat(erasure(ada)).isEmpty();
    }
  }

  private String printedWhenErased(Somebody somebody, int day) {
    if (day == 0) {
      office.erase(somebody, "request");
    }
    office.advance(day == 0 ? Duration.ofMinutes(2) : Duration.ofHours(27));
    return Office.printed(office::wake);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRecordThatWasHiddenWhenAnotherOneWasMadeIsNotForgotten(boolean isOfSales) {
    var ada = office.handsIn();
    if (isOfSales) {
      crm.add("LeadsObj", ofSales(ada));
    }
    office.wake();
    var first = lead().path("_id").asText();
    crm.hide("LeadsObj", first);
    office.handsIn(ada.email(), "Here again");
    office.wake();
    assertThat(crm.records("LeadsObj")).hasSize(2);

    assertThat(printedWhenErased(ada, 0)).contains("fxiaoke-not-shown");
    assertThat(lead().path("_id").asText()).isEqualTo(first);
    assertThat(erasure(ada)).isEmpty();

    crm.show("LeadsObj", first);
    assertThat(printedWhenErased(ada, 1)).doesNotContain("fxiaoke-not-shown");
    assertThat(erasure(ada)).contains("told");
    assertThat(crm.records("LeadsObj")).hasSize(isOfSales ? 1 : 0);
    assertThat(crm.records("LeadsObj").toString()).doesNotContain(ada.email(), "Hello");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whereverItDiesNoRecordThatWasHiddenIsForgotten(boolean isOfSales) {
    var places = deaths(() -> writesAgainWhoseRecordIsHidden(isOfSales));
    for (var place : places) {
      enterprise();
      var ada = writesAgainWhoseRecordIsHidden(isOfSales);
      var first = crm.records("LeadsObj").getFirst().path("_id").asText();
      dieAt(place);
      wakeUntilAllIsTold();
      assertThat(crm.records("LeadsObj")).as("%s", place).hasSize(2);

      eraseAndTell(ada);
      assertThat(lead().path("_id").asText()).as("%s", place).isEqualTo(first);
      assertThat(erasure(ada)).as("%s", place).isEmpty();
      crm.show("LeadsObj", first);
      office.advance(Duration.ofHours(27));
      wakeUntilAllIsTold();
      assertThat(crm.records("LeadsObj")).as("%s", place).hasSize(isOfSales ? 1 : 0);
      assertThat(crm.records("LeadsObj").toString()).doesNotContain(ada.email(), "Hello");
      assertThat(erasure(ada)).as("%s", place).contains("told");
    }
  }

  private Somebody writesAgainWhoseRecordIsHidden(boolean isOfSales) {
    var ada = office.handsIn();
    if (isOfSales) {
      crm.add("LeadsObj", ofSales(ada));
    }
    office.wake();
    crm.hide("LeadsObj", crm.records("LeadsObj").getLast().path("_id").asText());
    office.advance(Duration.ofMinutes(2));
    return office.handsIn(ada.email(), "Here again");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void whicheverOfThreeRecordsIsHiddenTheOthersGo(int hidden) {
    var ada = told();
    for (int i = 0; i < 2; i++) {
      crm.hide("LeadsObj", crm.records("LeadsObj").getLast().path("_id").asText());
      office.handsIn(ada.email(), "Here again");
      office.wake();
    }
    var ids = crm.records("LeadsObj").stream().map(it -> it.path("_id").asText()).toList();
    assertThat(ids).hasSize(3);
    ids.forEach(it -> crm.show("LeadsObj", it));
    crm.hide("LeadsObj", ids.get(hidden));

    for (int day = 0; day < 2; day++) {
      assertThat(printedWhenErased(ada, day)).contains("fxiaoke-not-shown");
      assertThat(lead().path("_id").asText()).isEqualTo(ids.get(hidden));
      assertThat(erasure(ada)).isEmpty();
    }
    crm.show("LeadsObj", ids.get(hidden));
    assertThat(printedWhenErased(ada, 2)).doesNotContain("fxiaoke-not-shown");
    assertThat(crm.records("LeadsObj")).isEmpty();
    assertThat(erasure(ada)).contains("told");
  }

  @Test
  void aWithdrawalReachesARecordThatIsShownAgain() {
    target(FIELDS, Office.MARKETING);
    var ada = told();
    var first = lead().path("_id").asText();
    crm.hide("LeadsObj", first);
    office.handsIn(ada.email(), "Here again");
    office.wake();
    crm.show("LeadsObj", first);
    withdrawAndTell(ada);

    assertThat(crm.records("LeadsObj"))
        .hasSize(2)
        .allMatch(it -> it.path("opt_out__c").booleanValue());
    assertThat(withdrawal(ada)).contains("told");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aWithdrawalThatIsRefusedOfOneRecordReachesTheOther(boolean isNewest) {
    target(FIELDS, Office.MARKETING);
    var ada = told();
    var first = lead().path("_id").asText();
    crm.hide("LeadsObj", first);
    office.handsIn(ada.email(), "Here again");
    office.wake();
    crm.show("LeadsObj", first);
    var last = crm.records("LeadsObj").getLast().path("_id").asText();
    refuseUpdatesWith(isNewest ? last : first);
    withdrawAndTell(ada);

    assertThat(crm.records("LeadsObj"))
        .filteredOn(it -> it.path("opt_out__c").booleanValue())
        .singleElement()
        .matches(it -> it.path("_id").asText().equals(isNewest ? first : last));
    assertThat(withdrawal(ada)).isEmpty();
  }

  @Test
  void whoMayThrowAwayAndNotDeleteHasErasedNobody() {
    var ada = told();
    server.be(
        call ->
            call.path().endsWith("/delete")
                ? new PartnerAnswer(200, "{\"errorCode\":90001}")
                : crm.answer(call));
    for (int day = 0; day < 2; day++) {
      assertThat(printedWhenErased(ada, day)).contains("fxiaoke-not-shown");
      assertThat(erasure(ada)).isEmpty();
    }
    server.be(crm::answer);
    office.advance(Duration.ofHours(27));
    office.wake();
    assertThat(erasure(ada)).contains("told");
    assertThat(crm.records("LeadsObj")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "source,电话,STRICT",
    "visit__c,2026-12-01,STRICT",
    "opt_out__c,true,STRICT",
    "budget__c,100.01,STRICT",
    "tel,+86 138 0000 0000,STRICT",
    "source,电话,KIND",
    "visit__c,2026-12-01,KIND",
    "opt_out__c,true,KIND",
    "budget__c,100.01,KIND"
  })
  void aFieldOfWhateverTypeIsEmptiedAndKeepsNoOtherFilled(
      String field, String value, String reading) {
    crm.read(readings(reading));
    target(
        "\"user\": \"1000\"",
        "\"email\": \"email\", \"name\": \"name\", \"message\": \"%s\"".formatted(field),
        Office.GROUND);
    var ada =
        office.handsIn("filled@%s.example".formatted(reading.toLowerCase(Locale.ROOT)), value);
    crm.add("LeadsObj", ofSales(ada));
    office.wake();
    var told = lead().path(field);
    assertThat(told.isMissingNode()).isFalse();

    eraseAndTell(ada);
    assertThat(erasure(ada)).contains("told");
    assertThat(lead().path(field)).isNotEqualTo(told);
    assertThat(lead().has("email")).isFalse();
    assertThat(lead().path("name").asText()).isEqualTo("-");
  }

  @Test
  void aDateThatMustBeFilledIsLeftAtTheLeast() {
    crm.want("LeadsObj", "visit__c");
    target(
        "\"user\": \"1000\"",
        "\"email\": \"email\", \"name\": \"name\", \"message\": \"visit__c\"",
        UNLINK);
    var ada = office.handsIn("dated@b.example", "2026-12-01");
    office.wake();

    eraseAndTell(ada);
    assertThat(erasure(ada)).contains("told");
    assertThat(lead().path("visit__c").longValue()).isZero();
  }

  @Test
  void aNoteThatIsRefusedKeepsNothingOfThePerson() {
    var ada = office.handsIn();
    crm.add("LeadsObj", ofSales(ada));
    office.wake();
    refuseUpdatesWith("已按");
    eraseAndTell(ada);
    assertThat(lead().toString()).doesNotContain(ada.email(), "Hello");
    assertThat(erasure(ada)).isEmpty();

    server.be(crm::answer);
    office.advance(Duration.ofHours(27));
    office.wake();
    assertThat(lead().path("remark").asText()).startsWith("已按");
    assertThat(erasure(ada)).contains("told");
  }

  @Test
  void aFieldThatIsRefusedIsNamedAndKeepsNoOtherFilled() {
    crm.read(readings("KIND"));
    target("\"email\": \"email\", \"name\": \"name\", \"message\": \"address\"", Office.GROUND);
    var ada = office.handsIn();
    crm.add("LeadsObj", Map.of("name", "L", "email", ada.email()));
    office.wake();
    refuseUpdatesWith("\"address\"");

    assertThat(printedWhenErased(ada, 0)).contains("fxiaoke-not-emptied");
    assertThat(lead().has("email")).isFalse();
    assertThat(lead().path("address").asText()).isEqualTo("Hello");
    assertThat(lead().path("remark").asText()).startsWith("已按");
    assertThat(erasure(ada)).isEmpty();
  }

  private void refuseUpdatesWith(String text) {
    server.be(
        call ->
            call.path().endsWith("/update") && new String(call.body(), UTF_8).contains(text)
                ? new PartnerAnswer(200, "{\"errorCode\":15002}")
                : crm.answer(call));
  }
}
