package io.vestibule.local.partners;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vestibule.local.partners.ZohoCrm.Organisation;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The emulator refuses what Zoho's papers say that Zoho refuses. */
class ZohoCrmTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-28T02:00:00Z"), ZoneOffset.UTC);
  private static final String LEAD =
      "{\"Last_Name\":\"L\",\"Company\":\"C\",\"Vestibule_Id\":\"v\"}";

  private final ZohoCrm crm =
      new ZohoCrm(new Organisation("c", "s", "r", "https://www.zohoapis.eu"), CLOCK);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "client_id=x&client_secret=s&refresh_token=r | invalid_client",
        "client_id=c&client_secret=x&refresh_token=r | invalid_client",
        "client_id=c&client_secret=s&refresh_token=x | invalid_code",
      })
  void aTokenIsRefusedWithAStatusThatSaysAllIsWell(String form, String error) throws Exception {
    var answer = token(form);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(JSON.readTree(answer.body()).path("error").asText()).isEqualTo(error);
  }

  @Test
  void theEleventhTokenInTenMinutesIsRefused() throws Exception {
    for (int i = 0; i < 10; i++) {
      assertThat(good().path("expires_in").asInt()).isEqualTo(3_600);
    }
    assertThat(good().path("error").asText()).isEqualTo("Access Denied");
  }

  @Test
  void theTokenGoesInZohosOwnScheme() throws Exception {
    var token = good().path("access_token").asText();

    assertThat(upsert("Bearer " + token, body(LEAD)).status()).isEqualTo(401);
    assertThat(upsert("Zoho-oauthtoken " + token, body(LEAD)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"data\":[]} | 400 | INVALID_DATA",
        "{\"data\":[{}],\"more\":1} | 400 | INVALID_DATA",
        "nonsense | 400 | INVALID_DATA",
        "{\"data\":[{\"Company\":\"C\"}]} | 202 | MANDATORY_NOT_FOUND",
        "{\"data\":[{\"Last_Name\":\"L\"}]} | 202 | MANDATORY_NOT_FOUND",
        "{\"data\":[{\"Last_Name\":\"L\",\"Company\":\"C\",\"Nose\":\"long\"}]} | 202 | INVALID_DATA",
        "{\"data\":[{\"Last_Name\":\"L\",\"Company\":\"C\",\"Email\":\"no\"}]} | 202 | INVALID_DATA",
        "{\"data\":[{\"Last_Name\":7,\"Company\":\"C\"}]} | 202 | INVALID_DATA",
      })
  void aRecordIsRefusedWithAReason(String body, int status, String code) throws Exception {
    var answer = upsert("Zoho-oauthtoken " + good().path("access_token").asText(), body);
    var json = JSON.readTree(answer.body());

    assertThat(answer.status()).isEqualTo(status);
    assertThat(json.path("code").asText() + json.at("/data/0/code").asText()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "101 | \"duplicate_check_fields\":[\"Email\"] | INVALID_DATA",
        "1 | \"duplicate_check_fields\":[1,2,3,4,5,6,7,8,9,10,11] | LIMIT_EXCEEDED",
        "1 | \"trigger\":[\"alarm\"] | INVALID_DATA",
      })
  void aCallIsRefusedAsAWhole(int records, String more, String code) throws Exception {
    var data = String.join(",", Collections.nCopies(records, LEAD));
    var answer =
        upsert(
            "Zoho-oauthtoken " + good().path("access_token").asText(),
            "{\"data\":[%s],%s}".formatted(data, more));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(JSON.readTree(answer.body()).at("/data/0/code").asText()).isEqualTo(code);
    assertThat(crm.records("Leads")).isEmpty();
  }

  @Test
  void moreThanFiftyFieldsAreNotShown() throws Exception {
    var token = "Zoho-oauthtoken " + good().path("access_token").asText();
    var fields = "fields=" + String.join(",", Collections.nCopies(51, "Email"));

    assertThat(call(token, "GET", "/crm/v8/Leads/1", fields, "").status()).isEqualTo(400);
  }

  @Test
  void whoHasNoScopeForItIsRefused() throws Exception {
    var token = "Zoho-oauthtoken " + good().path("access_token").asText();
    crm.withhold("settings/fields");

    var answer = call(token, "GET", "/crm/v8/settings/fields", "module=Leads", "");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.body()).contains("OAUTH_SCOPE_MISMATCH");
    assertThat(upsert(token, body(LEAD)).status()).isEqualTo(200);
  }

  @Test
  void ofTwoRecordsOneMayBeRefused() throws Exception {
    var answer =
        upsert(
            "Zoho-oauthtoken " + good().path("access_token").asText(),
            "{\"data\":[%s,{\"Company\":\"C\"}]}".formatted(LEAD));

    assertThat(answer.status()).isEqualTo(207);
    assertThat(JSON.readTree(answer.body()).at("/data/0/code").asText()).isEqualTo("SUCCESS");
    assertThat(JSON.readTree(answer.body()).at("/data/1/status").asText()).isEqualTo("error");
  }

  @Test
  void aRecordIsFoundByTheFirstFieldThatAgreesAndTellsWhenItWasMade() throws Exception {
    var token = "Zoho-oauthtoken " + good().path("access_token").asText();
    upsert(token, body(LEAD));
    var again = JSON.readTree(upsert(token, body(LEAD)).body()).at("/data/0");

    assertThat(again.path("action").asText()).isEqualTo("update");
    assertThat(again.path("duplicate_field").asText()).isEqualTo("Vestibule_Id");
    assertThat(again.at("/details/Created_Time").asText()).isEqualTo("2026-11-28T10:00:00+08:00");
    assertThat(crm.records("Leads")).hasSize(1);
  }

  @Test
  void whatIsDeletedLiesInTheRecycleBinUntilItIsTakenOut() throws Exception {
    var token = "Zoho-oauthtoken " + good().path("access_token").asText();
    var id = JSON.readTree(upsert(token, body(LEAD)).body()).at("/data/0/details/id").asText();

    assertThat(call(token, "GET", "/crm/v8/Leads/" + id, "", "").status()).isEqualTo(200);
    assertThat(call(token, "DELETE", "/crm/v8/Leads/" + id, "", "").status()).isEqualTo(200);
    assertThat(call(token, "GET", "/crm/v8/Leads/" + id, "", "").status()).isEqualTo(204);
    assertThat(crm.recycled("Leads")).hasSize(1);
    assertThat(gone(token).status()).isEqualTo(204);

    call(token, "DELETE", "/crm/v8/settings/recycle_bin/" + id, "", "");
    assertThat(crm.recycled("Leads")).isEmpty();
    assertThat(gone(token).body()).contains(id).doesNotContain("\"L\"");
  }

  @Test
  void noTwoRecordsHaveTheSameInAUniqueField() throws Exception {
    var token = "Zoho-oauthtoken " + good().path("access_token").asText();
    upsert(token, body(LEAD));

    var answer = call(token, "POST", "/crm/v8/Leads", "", "{\"data\":[%s]}".formatted(LEAD));
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.body()).contains("DUPLICATE_DATA");
  }

  @Test
  void theSearchFindsByAddressAndByFieldsAndSaysNothingOfNobody() throws Exception {
    var token = "Zoho-oauthtoken " + good().path("access_token").asText();
    crm.add("Leads", Map.of("Last_Name", "L", "Company", "C", "Email", "a@example.com"));
    upsert(token, body(LEAD));

    assertThat(search(token, "email=A%40example.com").body()).contains("a@example.com");
    assertThat(search(token, "criteria=%28Vestibule_Id%3Aequals%3Av%29").body())
        .contains("\"v\"")
        .doesNotContain("a@example.com");
    assertThat(search(token, "email=b%40example.com").status()).isEqualTo(204);
    assertThat(search(token, "").status()).isEqualTo(400);
    assertThat(search(token, "criteria=%28Nose%3Aequals%3Av%29").body()).contains("INVALID_QUERY");
  }

  @Test
  void aLeadThatBecomesAContactIsNoLeadAndTakesItsKeyAlong() throws Exception {
    upsert("Zoho-oauthtoken " + good().path("access_token").asText(), body(LEAD));
    crm.convert();

    assertThat(crm.records("Leads")).isEmpty();
    assertThat(crm.records("Contacts"))
        .singleElement()
        .satisfies(it -> assertThat(it.path("Vestibule_Id").asText()).isEqualTo("v"))
        .satisfies(it -> assertThat(it.has("Company")).isFalse());
  }

  @Test
  void tenRecordsCostACreditAndWithoutOneNothingIsWritten() throws Exception {
    var token = "Zoho-oauthtoken " + good().path("access_token").asText();
    crm.allow(1);

    assertThat(upsert(token, body(LEAD)).status()).isEqualTo(200);
    assertThat(upsert(token, body(LEAD)).status()).isEqualTo(429);
    assertThat(crm.used()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/crm/v8/Noses/1,404,INVALID_MODULE",
    "GET,/crm/v2/Leads/1,404,INVALID_URL_PATTERN",
    "GET,/crm/v8/Leads,400,REQUIRED_PARAM_MISSING",
    "DELETE,/crm/v8/Leads/1,400,INVALID_DATA",
    "DELETE,/crm/v8/settings/recycle_bin/1,400,INVALID_DATA"
  })
  void whatIsNotThereIsRefused(String method, String path, int status, String code)
      throws Exception {
    var token = "Zoho-oauthtoken " + good().path("access_token").asText();
    var answer = call(token, method, path, "", "");

    assertThat(answer.status()).isEqualTo(status);
    assertThat(JSON.readTree(answer.body()).path("code").asText()).isEqualTo(code);
  }

  private PartnerAnswer search(String token, String query) {
    return call(token, "GET", "/crm/v8/Leads/search", query, "");
  }

  private PartnerAnswer gone(String token) {
    return call(token, "GET", "/crm/v8/Leads/deleted", "type=permanent", "");
  }

  private JsonNode good() throws JsonProcessingException {
    return JSON.readTree(token("client_id=c&client_secret=s&refresh_token=r").body());
  }

  private PartnerAnswer token(String form) {
    return crm.answer(
        new PartnerCall(
            "POST",
            "/oauth/v2/token",
            "",
            Map.of(),
            ("grant_type=refresh_token&" + form).getBytes(UTF_8)));
  }

  private static String body(String record) {
    return "{\"data\":[%s],\"duplicate_check_fields\":[\"Vestibule_Id\"],\"trigger\":[]}"
        .formatted(record);
  }

  private PartnerAnswer upsert(String authorization, String body) {
    return call(authorization, "POST", "/crm/v8/Leads/upsert", "", body);
  }

  private PartnerAnswer call(
      String authorization, String method, String path, String query, String body) {
    var headers = Map.of("authorization", authorization, "content-type", "application/json");
    return crm.answer(new PartnerCall(method, path, query, headers, body.getBytes(UTF_8)));
  }
}
