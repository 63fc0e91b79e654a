package io.vestibule.local.partners;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vestibule.local.partners.FxiaokeCrm.Enterprise;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The emulator refuses what Fxiaoke's papers say that Fxiaoke refuses. */
class FxiaokeCrmTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOKEN = "/oauth2.0/token";
  private static final String OLD_TOKEN = "/cgi/corpAccessToken/get/V2";
  private static final String DATA = "/cgi/crm/v2/data/";
  private static final String LEAD =
      "{\"data\":{\"object_data\":{\"dataObjectApiName\":\"LeadsObj\",\"name\":\"L\"}}}";

  private Instant now = Instant.parse("2026-11-28T02:00:00Z");
  private final InstantSource source = () -> now;
  private final FxiaokeCrm crm =
      new FxiaokeCrm(new Enterprise("a", "s", "p", "ea", "1000"), source.withZone(ZoneOffset.UTC));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"appId\":\"a\",\"appSecret\":\"x\",\"permanentCode\":\"p\",\"grantType\":\"app_secret\"} | 10006",
        "{\"appId\":\"a\",\"permanentCode\":\"p\",\"grantType\":\"app_secret\"} | 10006",
        "{\"appId\":\"a\",\"appSecret\":\"s\",\"permanentCode\":\"x\",\"grantType\":\"app_secret\"} | 20015",
        "{\"appId\":\"a\",\"appSecret\":\"s\",\"permanentCode\":\"p\"} | 15002",
      })
  void aTokenIsRefusedByANumber(String body, int code) throws Exception {
    assertThat(code(TOKEN, Map.of(), body)).isEqualTo(code);
  }

  @Test
  void theSameTokenComesForSixThousandSixHundredSecondsAndAnotherOneThen() throws Exception {
    var first = token();
    assertThat(first.path("expiresIn").asInt()).isEqualTo(7_200);
    now = now.plusSeconds(6_599);
    assertThat(token().path("accessToken")).isEqualTo(first.path("accessToken"));
    now = now.plusSeconds(1);
    assertThat(token().path("accessToken")).isNotEqualTo(first.path("accessToken"));
    assertThat(crm.tokensGiven()).isEqualTo(2);
  }

  @Test
  void theEleventhQuestionForATokenInAMinuteIsRefused() throws Exception {
    for (int i = 0; i < 10; i++) {
      assertThat(token().path("errorCode").asInt()).isZero();
    }
    assertThat(token().path("errorCode").asInt()).isEqualTo(14_001);
  }

  @Test
  void whoCallsSaysSoInOneWayAndNotInBoth() throws Exception {
    var headers = headers();
    var corp =
        JSON.readTree(
                post(
                    OLD_TOKEN,
                    Map.of(),
                    "{\"appId\":\"a\",\"appSecret\":\"s\",\"permanentCode\":\"p\"}"))
            .path("corpAccessToken")
            .asText();
    var signed =
        LEAD.replaceFirst(
            "\\{",
            "{\"corpAccessToken\":\"%s\",\"corpId\":\"FSCID_ea\",\"currentOpenUserId\":\"FSUID_1000\","
                .formatted(corp));

    assertThat(code(DATA + "create", Map.of(), LEAD)).isEqualTo(20_017);
    assertThat(code(DATA + "create", Map.of("authorization", "Bearer x"), LEAD)).isEqualTo(20_016);
    assertThat(code(DATA + "create", headers, LEAD)).isZero();
    assertThat(code(DATA + "create", Map.of(), signed)).isZero();
    assertThat(code(DATA + "create", headers, signed)).isEqualTo(20_016);
    headers.put("x-fs-userid", "1001");
    assertThat(code(DATA + "create", headers, LEAD)).isEqualTo(30_027);
  }

  @Test
  void everyAnswerHasTheStatusOfAllIsWell() {
    assertThat(call("POST", DATA + "create", trace(), Map.of(), "").status()).isEqualTo(200);
    assertThat(call("GET", DATA + "create", trace(), Map.of(), "").status()).isEqualTo(200);
    assertThat(call("POST", "/nowhere", trace(), Map.of(), "{}").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "create | {\"data\":{\"object_data\":{\"name\":\"L\"}}} | 15002",
        "create | {\"data\":{\"dataObjectApiName\":\"LeadsObj\",\"object_data\":{\"name\":\"L\"}}} | 15002",
        "create | {\"data\":{\"object_data\":{\"dataObjectApiName\":\"LeadsObj\"}}} | 15002",
        "create | {\"data\":{\"object_data\":{\"dataObjectApiName\":\"person__c\",\"name\":\"L\"}}} | 15002",
        "create | {\"data\":{\"object_data\":{\"dataObjectApiName\":\"LeadsObj\",\"name\":\"L\",\"nose__c\":\"long\"}}} | 15002",
        "create | {\"data\":{\"object_data\":{\"dataObjectApiName\":\"LeadsObj\",\"name\":\"L\",\"budget__c\":100.01}}} | 15002",
        "create | {\"data\":{\"object_data\":{\"dataObjectApiName\":\"LeadsObj\",\"name\":\"L\",\"budget__c\":\"100.01\"}}} | 0",
        "create | {\"data\":{\"object_data\":{\"dataObjectApiName\":\"LeadsObj\",\"name\":\"L\",\"source\":\"网站\"}}} | 15002",
        "create | {\"data\":{\"object_data\":{\"dataObjectApiName\":\"LeadsObj\",\"name\":\"L\",\"source\":\"6\"}}} | 0",
        "create | {\"data\":{\"object_data\":{\"dataObjectApiName\":\"LeadsObj\",\"name\":\"L\",\"mobile\":\"+8613800000000\"}}} | 15002",
        "create | {\"data\":{\"object_data\":{\"dataObjectApiName\":\"LeadsObj\",\"name\":\"L\",\"owner\":\"1000\"}}} | 15002",
        "create | nonsense | 15002",
        "create | `` | 12004",
        "nose | {\"data\":{}} | 10006",
        "get | {\"data\":{\"objectDataId\":\"x\"}} | 15002",
        "query | {\"data\":{\"dataObjectApiName\":\"LeadsObj\",\"search_query_info\":{\"limit\":101,\"offset\":0}}} | 15002",
        "query | {\"data\":{\"dataObjectApiName\":\"LeadsObj\",\"search_query_info\":{\"limit\":100,\"offset\":50}}} | 15002",
        "query | {\"data\":{\"dataObjectApiName\":\"LeadsObj\",\"search_query_info\":{\"limit\":100,\"offset\":10100,\"filters\":[{\"field_name\":\"name\",\"field_values\":[\"L\"],\"operator\":\"EQ\"}]}}} | 10013",
      })
  void whatIsNotAsThePapersHaveItIsRefused(String verb, String body, int code) throws Exception {
    assertThat(code(DATA + verb, headers(), body)).isEqualTo(code);
  }

  @Test
  void aRequestHasANumberOfItsOwnOfTheFourthKind() throws Exception {
    var headers = headers();
    var trace = trace();
    assertThat(code(call("POST", DATA + "create", trace, headers, LEAD))).isZero();
    assertThat(code(call("POST", DATA + "create", trace, headers, LEAD))).isEqualTo(15_002);
    assertThat(code(call("POST", DATA + "create", "", headers, LEAD))).isEqualTo(15_002);
    assertThat(
            code(
                call(
                    "POST",
                    DATA + "create",
                    "thirdTraceId=5ea0422d-98e3-19e0-a3cb-9bd5517d1f30",
                    headers,
                    LEAD)))
        .isEqualTo(15_002);
  }

  @Test
  void toMakeARecordTwiceMakesTwo() throws Exception {
    var headers = headers();
    code(DATA + "create", headers, LEAD);
    code(DATA + "create", headers, LEAD);
    assertThat(crm.records("LeadsObj")).hasSize(2);
  }

  @Test
  void whatIsInUseIsThrownAwayBeforeItIsDeleted() throws Exception {
    var headers = headers();
    var id = crm.add("LeadsObj", Map.of("name", "L"));

    assertThat(code(DATA + "delete", headers, ids(id))).isNotZero();
    assertThat(code(DATA + "invalid", headers, one("object_data_id", id))).isZero();
    assertThat(code(DATA + "invalid", headers, one("object_data_id", id))).isNotZero();
    assertThat(code(DATA + "delete", headers, ids(id))).isZero();
    assertThat(code(DATA + "delete", headers, ids(id))).isNotZero();
    assertThat(crm.records("LeadsObj")).isEmpty();
  }

  @Test
  void whatLiesInAPoolIsNobodysToChangeUntilItIsChosen() throws Exception {
    var headers = headers();
    var id = crm.add("LeadsObj", Map.of("name", "L", "leads_pool_id", "634a"));
    var update = LEAD.replace("\"name\"", "\"_id\":\"" + id + "\",\"name\"");

    assertThat(code(DATA + "update", headers, update)).isNotZero();
    assertThat(code(DATA + "invalid", headers, one("object_data_id", id))).isNotZero();
    assertThat(
            code(
                DATA + "choose",
                headers,
                "{\"data\":{\"apiName\":\"LeadsObj\",\"objectIds\":[\"%s\"]}}".formatted(id)))
        .isZero();
    assertThat(code(DATA + "update", headers, update)).isZero();
  }

  @Test
  void whatTheEmployeeDoesNotSeeIsNeitherShownNorChangedNorDeleted() throws Exception {
    var headers = headers();
    var id = crm.add("LeadsObj", Map.of("name", "L"));
    crm.hide("LeadsObj", id);

    assertThat(code(DATA + "get", headers, one("objectDataId", id))).isNotZero();
    assertThat(code(DATA + "invalid", headers, one("object_data_id", id))).isNotZero();
    assertThat(code(DATA + "delete", headers, ids(id))).isNotZero();
    assertThat(crm.records("LeadsObj")).hasSize(1);
  }

  @Test
  void whatAChangeLeavesOutGoesOrStaysAsThePapersAreRead() throws Exception {
    var headers = headers();
    var id = crm.add("LeadsObj", Map.of("name", "L", "company", "C"));
    var update = LEAD.replace("\"name\"", "\"_id\":\"" + id + "\",\"name\"");
    crm.read(FxiaokeReadings.KIND);
    code(DATA + "update", headers, update);
    assertThat(crm.records("LeadsObj").getFirst().has("company")).isTrue();

    crm.read(FxiaokeReadings.STRICT);
    code(DATA + "update", headers, update);
    assertThat(crm.records("LeadsObj").getFirst().has("company")).isFalse();
  }

  @Test
  void whatIsGoneIsRefusedOrNothingAsThePapersAreRead() throws Exception {
    var headers = headers();
    assertThat(code(DATA + "get", headers, one("objectDataId", "x"))).isNotZero();
    crm.read(FxiaokeReadings.KIND);
    assertThat(code(DATA + "get", headers, one("objectDataId", "x"))).isZero();
  }

  @Test
  void theDaysCallsEndAtMidnightInShanghaiAndWithoutAPackageThereAreNone() throws Exception {
    var headers = headers();
    crm.allow(1);
    assertThat(code(DATA + "create", headers, LEAD)).isZero();
    assertThat(code(DATA + "create", headers, LEAD)).isEqualTo(30_002);

    now = Instant.parse("2026-11-28T16:00:00Z");
    headers = headers();
    assertThat(code(DATA + "create", headers, LEAD)).isZero();
    crm.allow(0);
    assertThat(code(DATA + "create", headers, LEAD)).isEqualTo(30_003);
  }

  @Test
  void ofOneInterfaceAHundredCallsAreTakenInTwentySeconds() throws Exception {
    var headers = headers();
    for (int i = 0; i < 100; i++) {
      assertThat(code(DATA + "create", headers, LEAD)).isZero();
    }
    assertThat(code(DATA + "create", headers, LEAD)).isEqualTo(30_004);
    assertThat(
            code("/cgi/crm/v2/object/describe", headers, "{\"data\":{\"apiName\":\"LeadsObj\"}}"))
        .isZero();
    now = now.plus(Duration.ofSeconds(20));
    assertThat(code(DATA + "create", headers, LEAD)).isZero();
  }

  private static String one(String member, String id) {
    return "{\"data\":{\"dataObjectApiName\":\"LeadsObj\",\"%s\":\"%s\"}}".formatted(member, id);
  }

  private static String ids(String id) {
    return "{\"data\":{\"dataObjectApiName\":\"LeadsObj\",\"idList\":[\"%s\"]}}".formatted(id);
  }

  private JsonNode token() throws JsonProcessingException {
    return JSON.readTree(
        post(
            TOKEN,
            Map.of(),
            "{\"appId\":\"a\",\"appSecret\":\"s\",\"permanentCode\":\"p\",\"grantType\":\"app_secret\"}"));
  }

  private Map<String, String> headers() throws JsonProcessingException {
    return new HashMap<>(
        Map.of(
            "authorization", "Bearer " + token().path("accessToken").asText(),
            "x-fs-ea", "ea",
            "x-fs-userid", "1000"));
  }

  private static String trace() {
    return "thirdTraceId=" + UUID.randomUUID();
  }

  private int code(String path, Map<String, String> headers, String body) throws Exception {
    return code(call("POST", path, trace(), headers, body));
  }

  private static int code(PartnerAnswer answer) throws JsonProcessingException {
    return JSON.readTree(answer.body()).path("errorCode").asInt();
  }

  private String post(String path, Map<String, String> headers, String body) {
    return call("POST", path, trace(), headers, body).body();
  }

  private PartnerAnswer call(
      String method, String path, String query, Map<String, String> headers, String body) {
    var all = new HashMap<>(headers);
    all.put("content-type", "application/json; charset=UTF-8");
    return crm.answer(new PartnerCall(method, path, query, all, body.getBytes(UTF_8)));
  }
}
