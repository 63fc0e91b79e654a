package io.vestibule.local.partners;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The emulator drops what Google's papers say that Google drops, and Plausible's alike. */
class AnalyticsHouseTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ID = "measurement_id=G-ABC123&api_secret=s";

  private final AnalyticsHouse house = new AnalyticsHouse();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"client_id\":\"1.2\",\"events\":[{\"name\":\"form_verified\"}]} | ``",
        "{\"events\":[{\"name\":\"form_verified\"}]} | VALUE_REQUIRED",
        "{\"client_id\":\"1.2\",\"events\":[]} | EXCEEDED_MAX_ENTITIES",
        "{\"client_id\":\"1.2\",\"events\":[{\"name\":\"form verified\"}]} | NAME_INVALID",
        "{\"client_id\":\"1.2\",\"events\":[{\"name\":\"ga_form\"}]} | NAME_RESERVED",
        "{\"client_id\":\"1.2\",\"events\":[{\"name\":\"error\"}]} | NAME_RESERVED",
        "{\"client_id\":\"1.2\",\"events\":[{\"name\":\"a\",\"params\":{\"no good\":1}}]} | VALUE_OUT_OF_BOUNDS",
        "nonsense | VALUE_REQUIRED",
      })
  void googleSaysWhatItDropsOnlyWhereItIsAsked(String body, String code) throws Exception {
    var debug = call("/debug/mp/collect", ID, body);
    var messages = JSON.readTree(debug.body()).path("validationMessages");
    assertThat(messages.path(0).path("validationCode").asText()).isEqualTo(code);
    assertThat(house.counted()).isEmpty();

    assertThat(call("/mp/collect", ID, body)).isEqualTo(PartnerAnswer.empty(204));
    assertThat(house.counted()).hasSize(code.isEmpty() ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({
    "25,25,40,100,''",
    "26,25,40,100,EXCEEDED_MAX_ENTITIES",
    "25,26,40,100,EXCEEDED_MAX_ENTITIES",
    "25,25,41,100,NAME_INVALID",
    "25,25,40,101,VALUE_OUT_OF_BOUNDS"
  })
  void googleTakesSoMuchAndNoMore(int events, int parameters, int name, int value, String code)
      throws Exception {
    var all = JSON.createObjectNode().put("client_id", "1.2");
    for (int i = 0; i < events; i++) {
      var event = all.withArray("/events").addObject().put("name", "n".repeat(name));
      for (int j = 0; j < parameters; j++) {
        event.withObject("/params").put("p" + j, "v".repeat(value));
      }
    }

    var said = JSON.readTree(call("/debug/mp/collect", ID, all.toString()).body());
    assertThat(said.at("/validationMessages/0/validationCode").asText()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({"120,2000,30,202", "121,2000,30,400", "120,2001,30,400", "120,2000,31,400"})
  void plausibleTakesSoMuchAndNoMore(int name, int url, int props, int status) {
    var event = JSON.createObjectNode().put("name", "n".repeat(name)).put("domain", "e.example");
    event.put("url", "u".repeat(url));
    for (int i = 0; i < props; i++) {
      event.withObject("/props").put("p" + i, "v");
    }

    assertThat(call("/api/event", "", event.toString()).status()).isEqualTo(status);
  }

  @Test
  void googleCountsNothingForNobody() {
    var body = "{\"client_id\":\"1.2\",\"events\":[{\"name\":\"form_verified\"}]}";

    assertThat(call("/mp/collect", "", body)).isEqualTo(PartnerAnswer.empty(204));
    assertThat(house.counted()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\":\"a\",\"url\":\"https://e.example/\",\"domain\":\"e.example\"} | 202",
        "{\"name\":\"a\",\"url\":\"https://e.example/\"} | 400",
        "{\"url\":\"https://e.example/\",\"domain\":\"e.example\"} | 400",
        "{\"name\":\"a\",\"url\":\"https://e.example/\",\"domain\":\"e.example\",\"props\":{\"n\":1}} | 400",
      })
  void plausibleWantsANameAnAddressAndASite(String body, int status) {
    assertThat(call("/api/event", "", body).status()).isEqualTo(status);
  }

  @Test
  void whoHasNoNameOrCallsAnotherDoorIsRefused() {
    var body = "{\"name\":\"a\",\"url\":\"https://e.example/\",\"domain\":\"e.example\"}";
    var nameless = new PartnerCall("POST", "/api/event", "", Map.of(), body.getBytes(UTF_8));

    assertThat(house.answer(nameless).status()).isEqualTo(400);
    assertThat(call("/elsewhere", "", body).status()).isEqualTo(404);
  }

  private PartnerAnswer call(String path, String query, String body) {
    var headers = Map.of("user-agent", "Vestibule");
    return house.answer(new PartnerCall("POST", path, query, headers, body.getBytes(UTF_8)));
  }
}
