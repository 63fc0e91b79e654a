package io.vestibule.delivery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.delivery.Office.Somebody;
import io.vestibule.local.aws.Cases;
import io.vestibule.local.partners.PartnerAnswer;
import io.vestibule.local.partners.ZohoCrm;
import io.vestibule.local.partners.ZohoCrm.Organisation;
import io.vestibule.store.Attributes;
import io.vestibule.store.Table;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** People become records of Zoho CRM, and go from there when they are erased. */
@Tag("slow")
class ZohoTest extends OfficeWithPartner {

  private static final String SECRET =
      "{\"client\": \"1000.C\", \"clientSecret\": \"s3cret\", \"refreshToken\": \"1000.r\"}";

  private ZohoCrm crm;

  @BeforeEach
  void newOrganisation() {
    office.advance(Duration.ofHours(2)); // No token of another test lives.
    organisation(server.url().toString());
    zoho(Office.GROUND);
  }

  private void organisation(String api) {
    crm = new ZohoCrm(new Organisation("1000.C", "s3cret", "1000.r", api), office.clock);
    server.be(crm::answer);
  }

  private void zoho(String more) {
    office.target(
        TARGET,
        """
        {"kind": "zoho", "zoho": {"dataCentre": "eu", "here": "%s",
           "constants": {"Last_Name": "-", "Company": "-", "Lead_Source": "Web form"}},
         "fields": {"email": "Email", "name": "Last_Name", "company": "Company",
           "message": "Description"}%s}
        """
            .formatted(server.url(), more));
    office.secret(TARGET, SECRET);
  }

  @Test
  void whoHandsInBecomesALeadAndWhatTheyHandInNextChangesIt() {
    var ada = office.handsIn();
    office.wake();
    office.handsIn(ada.email(), "Another question");
    office.wake();

    var lead = lead();
    assertThat(lead.path("Email").asText()).isEqualTo(ada.email());
    assertThat(lead.path("Description").asText()).isEqualTo("Another question");
    assertThat(lead.path("Lead_Source").asText()).isEqualTo("Web form");
    assertThat(lead.path("Vestibule_Id").asText()).hasSize(43).isNotEqualTo(ada.customerId());
    assertThat(crm.used()).isEqualTo(2);
  }

  @Test
  void whatSalesMadeWhileZohoWasDownIsNotDeleted() {
    var ada = office.handsIn();
    server.lose(2, true); // The record that we would have made.
    office.wake();
    ofSales(ada);
    wakeUntilAllIsTold();
    eraseAndTell(ada);

    assertThat(lead().path("City").asText()).isEqualTo("Bonn");
  }

  @Test
  void whatAPersonLeavesEmptyStaysAsSalesHadIt() {
    office.target(TARGET, file("\"message\": \"Description\", \"company\": \"Company\""));
    office.secret(TARGET, SECRET);
    var ada = office.handsIn();
    crm.add("Leads", Map.of("Last_Name", "L", "Company", "Acme", "Email", ada.email()));
    office.wake();

    assertThat(lead().path("Description").asText()).isEqualTo("Hello");
    assertThat(lead().path("Company").asText()).isEqualTo("Acme");
    assertThat(lead().path("Last_Name").asText()).isEqualTo("L");
    assertThat(lead().has("Vestibule_Id")).isFalse();

    eraseAndTell(ada);
    assertThat(lead().path("Company").asText()).isEqualTo("Acme");
    assertThat(lead().has("Description")).isFalse();
  }

  @Test
  void whoComesBackBeforeTheErasureIsToldDoesNotGetTheOldRecord() {
    var ada = told();
    var old = lead().path("Vestibule_Id").asText();
    office.erase(ada, "request");
    office.advance(Duration.ofSeconds(1));
    office.handsIn(ada.email(), "Here again");
    office.wake();
    assertThat(crm.records("Leads")).hasSize(2);

    office.advance(Duration.ofMinutes(2));
    office.wake();
    assertThat(lead().path("Description").asText()).isEqualTo("Here again");
    assertThat(lead().path("Vestibule_Id").asText()).isNotEqualTo(old);
    assertThat(erasure(ada)).contains("told");
  }

  /** A build loses some. */
  static List<Integer> calls() {
    return Cases.spread(IntStream.range(0, 10).boxed().toList(), 4);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void aContactThatALeadBecameGoesWhicheverAnswerGetsLost(int call) {
    var ada = told();
    crm.convert();
    office.erase(ada, "request");
    office.advance(Duration.ofMinutes(2));
    server.lose(call, false);
    wakeUntilAllIsTold();

    assertThat(crm.records("Contacts")).isEmpty();
    assertThat(crm.recycled("Contacts")).isEmpty();
    assertThat(erasure(ada)).contains("told");
  }

  @Test
  void contactsWithoutTheKeyArePassedOver() {
    crm.drop("Contacts", "Vestibule_Id");
    var ada = told();
    eraseAndTell(ada);

    assertThat(crm.records("Leads")).isEmpty();
    assertThat(erasure(ada)).contains("told");
  }

  @Test
  void thatThereIsNobodyIsBelievedWhenTheSearchHadItsTime() {
    var ada = told();
    handle(ada, Optional.empty()); // As if it had died after the record was made.
    crm.searchLate(true);
    eraseAndTell(ada);
    assertThat(erasure(ada)).isEmpty();

    crm.searchLate(false);
    wakeUntilAllIsTold();
    assertThat(erasure(ada)).contains("told");
    assertThat(crm.records("Leads")).isEmpty();
  }

  @Test
  void nobodysHandleIsBelievedOfAnotherPerson() {
    var ada = told();
    var bob = told();
    var ofAda = Optional.ofNullable(recipient(ada).get("handle"));
    var ofBob = Optional.ofNullable(recipient(bob).get("handle"));
    assertThat(ofAda).isPresent();
    assertThat(ofBob).isPresent();
    handle(ada, ofBob);
    handle(bob, ofAda);
    eraseAndTell(ada);

    assertThat(lead().path("Email").asText()).isEqualTo(bob.email());
    assertThat(recipient(ada)).doesNotContainKey("handle");
  }

  @Test
  void whatSalesDeletedIsMadeAnew() {
    var ada = told();
    organisation(server.url().toString()); // Sales deleted everything.
    office.handsIn(ada.email(), "Another question");
    office.wake();

    assertThat(lead().path("Description").asText()).isEqualTo("Another question");
  }

  @Test
  void nothingIsWrittenOfWhoWasReadTooLongAgo() {
    told(); // The token is there.
    var ada = office.handsIn();
    server.be(
        call -> {
          if (call.path().endsWith("/search")) {
            office.advance(Duration.ofSeconds(11));
          }
          return crm.answer(call);
        });
    office.wake();
    assertThat(crm.records("Leads")).hasSize(1);

    server.be(crm::answer);
    wakeUntilAllIsTold();
    assertThat(crm.records("Leads")).hasSize(2);
    assertThat(state(ada)).isEqualTo("told taken");
  }

  @Test
  void aTokenThatTakesItsTimeDoesNotMakeThePersonOld() {
    server.be(
        call -> {
          if (call.path().endsWith("/token")) {
            office.advance(Duration.ofSeconds(20));
          }
          return crm.answer(call);
        });
    told();
    assertThat(crm.records("Leads")).hasSize(1);
  }

  @Test
  void aTokenOfAnotherGrantIsNotUsed() {
    told();
    office.secret(TARGET, SECRET.replace("1000.r", "1000.of-another-user"));
    told();

    assertThat(stopped()).contains("refused-credentials");
    assertThat(crm.records("Leads")).hasSize(1);
  }

  @Test
  void whoeverHasNoTokenNowIsAskedAgain() {
    server.answer(Optional.of(new PartnerAnswer(200, "{\"error\":\"general_error\"}")));
    var ada = office.handsIn();
    office.wake();
    assertThat(stopped()).isEmpty();
    assertThat(state(ada)).isEqualTo("zoho-no-token");
  }

  /** Only of whom a version of before told is a field emptied that the file of today maps alone. */
  @Test
  void whatCannotBeEmptyIsUnticked() {
    var ada = told();
    wasToldByAVersionOfBefore(ada);
    office.target(TARGET, file("\"message\": \"Email_Opt_Out\"", ", \"onErase\": \"unlink\""));
    office.secret(TARGET, SECRET);
    eraseAndTell(ada);

    assertThat(lead().path("Email_Opt_Out").isBoolean()).isTrue();
    assertThat(lead().path("Email_Opt_Out").booleanValue()).isFalse();
    assertThat(lead().has("Email")).isFalse();
    assertThat(erasure(ada)).contains("told");
  }

  @Test
  void anErasureDeletesWhatWeMadeAndTakesItOutOfTheRecycleBin() {
    var ada = told();
    eraseAndTell(ada);

    assertThat(crm.records("Leads")).isEmpty();
    assertThat(crm.recycled("Leads")).isEmpty();
    assertThat(server.calls())
        .endsWith(
            "GET /crm/v8/Leads/deleted",
            "GET /crm/v8/settings/fields",
            "GET /crm/v8/Contacts/search");
    assertThat(erasure(ada)).contains("told");
    assertThat(crm.records("Tasks")).isEmpty();
  }

  @Test
  void whatSalesHadBeforeStaysWithoutWhatCameFromUsAndWithATask() {
    var ada = office.handsIn();
    ofSales(ada);
    office.advance(Duration.ofMinutes(1));
    office.wake();
    assertThat(lead().path("City").asText()).isEqualTo("Bonn");
    assertThat(lead().has("Vestibule_Id")).isFalse();

    eraseAndTell(ada);

    assertThat(lead().propertyStream().map(Map.Entry::getKey))
        .containsExactlyInAnyOrder("Last_Name", "Company", "City");
    assertThat(lead().path("Last_Name").asText()).isEqualTo("-");
    assertThat(lead().path("Company").asText()).isEqualTo("C");
    assertThat(crm.records("Tasks")).hasSize(1);
    assertThat(erasure(ada)).contains("told");
  }

  @Test
  void whoUnlinksIsLeftARecordWithoutThePerson() {
    zoho(Office.GROUND + ", \"onErase\": \"unlink\"");
    var ada = told();
    eraseAndTell(ada);

    assertThat(lead().has("Email")).isFalse();
    assertThat(lead().has("Vestibule_Id")).isFalse();
  }

  @Test
  void aWithdrawalOptsOutAndMakesNoRecordOfWhoHasNone() {
    zoho(Office.MARKETING);
    var ada = told();
    withdrawAndTell(ada);
    assertThat(lead().path("Email_Opt_Out").booleanValue()).isTrue();

    organisation(server.url().toString());
    var bob = told();
    organisation(server.url().toString()); // Sales deleted everything.
    withdrawAndTell(bob);
    wakeUntilAllIsTold();
    assertThat(crm.records("Leads")).isEmpty();
    assertThat(withdrawal(bob)).contains("told");
  }

  @Test
  void oneTokenServesAllEnvironmentsUntilItEnds() {
    for (int i = 0; i < 3; i++) {
      office.coldStart();
      told();
    }
    assertThat(crm.tokensGiven()).isEqualTo(1);

    crm.forgetTokens();
    told();
    assertThat(crm.tokensGiven()).isEqualTo(2);
    assertThat(crm.records("Leads")).hasSize(4);

    office.advance(Duration.ofMinutes(56));
    told();
    assertThat(crm.tokensGiven()).isEqualTo(3);
  }

  @Test
  void theLaneKeepsATokenThatNobodyCanReadOrMoveThere() {
    told();
    var row = office.all(Table.LANES).getFirst();
    assertThat(Attributes.bytes(row, "token"))
        .hasValueSatisfying(it -> assertThat(new String(it, ISO_8859_1)).doesNotContain("1000."));

    var moved = new HashMap<>(row);
    moved.put("token", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[40])));
    office.put(Table.LANES, moved);
    office.coldStart();
    told();
    assertThat(crm.tokensGiven()).isEqualTo(2);
    assertThat(crm.records("Leads")).hasSize(2);
  }

  @Test
  void whereverTheAnswerPointsNothingIsSentToAnotherPlace() {
    organisation("https://www.zohoapis.com");
    var ada = office.handsIn();
    office.wake();

    assertThat(server.calls()).containsExactly("POST /oauth/v2/token");
    assertThat(stopped()).contains("zoho-other-data-centre");
    assertThat(crm.records("Leads")).isEmpty();
    assertThat(state(ada)).isEqualTo("zoho-other-data-centre");
  }

  @Test
  void whoeverRefusesOurCredentialsStopsTheLane() {
    office.secret(TARGET, SECRET.replace("1000.r", "1000.old"));
    office.handsIn();
    office.wake();
    assertThat(stopped()).contains("refused-credentials");

    office.secret(TARGET, "{\"keys\": []}");
    office.invoke("{\"resume\": \"partner\"}");
    office.wake();
    assertThat(stopped()).contains("secret-unusable");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 400, 401})
  void whoeverRefusesTheGrantStopsTheLaneWhateverStatusItComesWith(int status) {
    server.answer(Optional.of(new PartnerAnswer(status, "{\"error\":\"invalid_code\"}")));
    told();
    assertThat(stopped()).contains("refused-credentials");
  }

  @Test
  void noErasureIsCalledDoneByWhoMayNotEmptyTheRecycleBin() {
    var ada = told();
    crm.withhold("settings/recycle_bin");
    eraseAndTell(ada);
    assertThat(stopped()).contains("zoho-oauth-scope-mismatch");
    assertThat(erasure(ada)).isEmpty();

    crm.withhold("");
    office.invoke("{\"resume\": \"partner\"}");
    office.advance(Duration.ofMinutes(31));
    office.wake();
    assertThat(erasure(ada)).contains("told");
    assertThat(crm.recycled("Leads")).isEmpty();
  }

  @Test
  void aQuotaThatIsUsedUpKeepsEverybodyWaitingAndLosesNobody() {
    crm.allow(1);
    told();
    var bob = office.handsIn();
    office.wake();
    assertThat(crm.records("Leads")).hasSize(1);

    crm.allow(100);
    office.advance(Duration.ofMinutes(31));
    office.wake();
    assertThat(state(bob)).isEqualTo("told taken");
  }

  @Test
  void whatZohoRefusesOfOnePersonKeepsNobodyElseWaiting() {
    zoho(Office.GROUND);
    var ada = office.handsIn(Office.CANARY + "-a@example.com", "x".repeat(5_000));
    office.target(TARGET, file("\"message\": \"Lead_Sauce\""));
    office.secret(TARGET, SECRET);
    String printed = Office.printed(office::wake);

    assertThat(state(ada)).isEqualTo("failed zoho-invalid-data");
    assertThat(printed).contains("\"DeliveryFailed\"").doesNotContain(Office.CANARY);
    assertThat(stopped()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {\"data\":[{\"code\":\"SEE canary-2b7f\",\"status\":\"error\"}]} | zoho-unknown",
        "200 | hello canary-2b7f | no-json",
        "200 | {\"data\":[]} | zoho-unknown",
        "403 | {\"more\":1} | stopped refused-credentials",
        "200 | {\"data\":[{\"code\":\"DUPLICATE_DATA\",\"status\":\"error\"}]} | zoho-duplicate-data",
        "401 | {\"code\":\"OAUTH_SCOPE_MISMATCH\"} | stopped zoho-oauth-scope-mismatch",
        "403 | {\"data\":[{\"code\":\"NO_PERMISSION\"}]} | stopped zoho-no-permission",
        "404 | {\"code\":\"INVALID_URL_PATTERN\"} | stopped zoho-invalid-url-pattern",
        "429 | {\"code\":\"TOO_MANY_REQUESTS\"} | zoho-too-many-requests",
        "500 | {\"data\":[{\"code\":\"INTERNAL_ERROR\"}]} | zoho-internal-error",
        "502 | <html> | status-502",
        "200 | {\"data\":[{\"code\":\"MANDATORY_NOT_FOUND\"}]} | failed zoho-mandatory-not-found"
      })
  void eachAnswerOfTheApiIsUnderstoodInBothEnvelopes(int status, String body, String expected) {
    answerWithToken(new PartnerAnswer(status, body), crm::answer);
    var ada = office.handsIn();
    String printed = Office.printed(office::wake);

    var stopped = stopped().map(it -> "stopped " + it);
    assertThat(stopped.orElseGet(() -> state(ada))).isEqualTo(expected);
    assertThat(printed).doesNotContain("canary-2b7f");
  }

  @Test
  void aCheckSaysWhatIsMissingAndTellsOfNobody() {
    assertThat(missing()).isEmpty();
    assertThat(server.calls())
        .containsExactly("POST /oauth/v2/token", "GET /crm/v8/settings/fields");

    office.target(TARGET, file("\"message\": \"Lead_Sauce\""));
    assertThat(missing()).singleElement().asString().contains("no field Lead_Sauce");
    office.advance(Duration.ofHours(2));
    office.secret(TARGET, SECRET.replace("s3cret", "other"));
    assertThat(missing()).singleElement().asString().contains("make new ones");
    office.secret(TARGET, "{}");
    assertThat(missing()).singleElement().asString().contains("lacks client");
  }

  private void ofSales(Somebody somebody) {
    crm.add(
        "Leads",
        Map.of("Last_Name", "L", "Company", "C", "Email", somebody.email(), "City", "Bonn"));
  }

  private void handle(Somebody somebody, Optional<AttributeValue> handle) {
    var row = new HashMap<>(recipient(somebody));
    row.remove("handle");
    handle.ifPresent(it -> row.put("handle", it));
    office.put(Table.RECIPIENTS, row);
  }

  private String file(String more) {
    return file(more, "");
  }

  private String file(String more, String end) {
    return """
        {"kind": "zoho", "zoho": {"dataCentre": "eu", "here": "%s",
           "constants": {"Last_Name": "-", "Company": "-"}},
         "fields": {"email": "Email", %s}%s}
        """
        .formatted(server.url(), more, Office.GROUND + end);
  }

  private JsonNode lead() {
    assertThat(crm.records("Leads")).hasSize(1);
    return crm.records("Leads").getFirst();
  }
}
