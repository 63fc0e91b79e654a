package io.vestibule.local.partners;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The emulator refuses what listmonk's papers say that listmonk refuses. */
class ListmonkServerTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ADA =
      "{\"email\":\"Ada@example.org\",\"name\":\"Ada\",\"status\":\"enabled\",\"lists\":[1],"
          + "\"attribs\":{\"key\":\"it's\"},\"preconfirm_subscriptions\":true}";

  private final ListmonkServer listmonk = new ListmonkServer("user:token");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "POST | /api/subscribers | nonsense | 400",
        "POST | /api/subscribers | {\"email\":\"no\",\"name\":\"A\",\"attribs\":{}} | 400",
        "POST | /api/subscribers | {\"email\":\"a@b.example\",\"attribs\":{}} | 400",
        "POST | /api/subscribers | {\"email\":\"a@b.example\",\"name\":\"A\",\"status\":\"on\",\"attribs\":{}} | 400",
        "POST | /api/subscribers | {\"email\":\"a@b.example\",\"name\":\"A\",\"lists\":[9],\"attribs\":{}} | 400",
        "GET | /api/subscribers/7 | {} | 400",
        "PATCH | /api/subscribers/7 | {} | 400",
        "PUT | /api/subscribers/7 | {} | 400",
        "PUT | /api/subscribers/lists | {\"action\":\"dance\"} | 400",
        "DELETE | /api/subscribers/7 | {} | 200",
        "BREW | /api/subscribers | {} | 405",
        "GET | /api/elsewhere | {} | 404",
      })
  void whatIsNotAsItShouldBeIsRefused(String method, String path, String body, int status) {
    assertThat(call(method, path, "", body).status()).isEqualTo(status);
    assertThat(listmonk.subscribers()).isEmpty();
  }

  @Test
  void anAddressIsThereOnceInLowerCase() {
    assertThat(call("POST", "/api/subscribers", "", ADA).status()).isEqualTo(200);
    assertThat(call("POST", "/api/subscribers", "", ADA.replace("Ada@", "ADA@")).status())
        .isEqualTo(409);
    assertThat(listmonk.subscribers().getFirst().path("email").asText())
        .isEqualTo("ada@example.org");
  }

  @Test
  void attributesTakeThePlaceOfThoseBefore() {
    call("POST", "/api/subscribers", "", ADA);
    call("PATCH", "/api/subscribers/1", "", "{\"attribs\":{\"other\":1}}");

    assertThat(listmonk.subscribers().getFirst().path("attribs").toString())
        .isEqualTo("{\"other\":1}");
  }

  @Test
  void whoeverIsPutOnAListAgainIsOnItEvenIfTheyHadUnsubscribed() {
    call("POST", "/api/subscribers", "", ADA);
    var order = "{\"action\":\"%s\",\"ids\":[1],\"target_list_ids\":[1]%s}";
    call("PUT", "/api/subscribers/lists", "", order.formatted("unsubscribe", ""));
    assertThat(listmonk.subscribers().toString()).contains("\"unsubscribed\"");

    call("PUT", "/api/subscribers/lists", "", order.formatted("add", ",\"status\":\"confirmed\""));
    assertThat(listmonk.subscribers().toString()).contains("\"confirmed\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "subscribers.email = 'ada@example.org' | 1",
        "subscribers.email = 'bob@example.org' | 0",
        "subscribers.attribs->>'key' = 'it''s' | 1",
        "subscribers.attribs->>'other' = 'it''s' | 0",
      })
  void aConditionFindsWhoMeetsIt(String condition, int found) throws Exception {
    call("POST", "/api/subscribers", "", ADA);

    var answer = query(condition);
    assertThat(JSON.readTree(answer.body()).at("/data/results")).hasSize(found);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "subscribers.attribs->>'key' = 'it's'", "subscribers.email = 'a' OR TRUE"})
  void whatIsNoConditionIsRefused(String condition) {
    assertThat(query(condition).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "token other:token", "user:token", "Bearer user:token"})
  void whoeverIsNotKnownIsRefused(String header) {
    var call =
        new PartnerCall("GET", "/api/lists", "", Map.of("authorization", header), new byte[0]);
    assertThat(listmonk.answer(call).status()).isEqualTo(403);
  }

  private PartnerAnswer query(String condition) {
    return call("GET", "/api/subscribers", "query=" + URLEncoder.encode(condition, UTF_8), "");
  }

  private PartnerAnswer call(String method, String path, String query, String body) {
    var headers = Map.of("authorization", "token user:token", "content-type", "application/json");
    return listmonk.answer(new PartnerCall(method, path, query, headers, body.getBytes(UTF_8)));
  }
}
