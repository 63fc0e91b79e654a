package io.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Json;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTest {

  @Test
  void theRouteIsTheTemplatesWithoutTheMethod() {
    var event = event("ANY /forms/{form}", "body", false);
    event.putObject("pathParameters").put("form", "contact");

    Request request = Request.of(event);

    assertThat(request.route()).isEqualTo("/forms/{form}");
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.parameter("form")).isEqualTo("contact");
    assertThat(request.query("lang")).isEmpty();
    assertThat(Request.of(event("$default", "", false)).route()).isEqualTo("$default");
  }

  @Test
  void theBodyIsBytesHoweverTheGatewayWroteIt() {
    String encoded = Base64.getEncoder().encodeToString("Zoë".getBytes(UTF_8));

    assertThat(Request.of(event("$default", "Zoë", false)).body()).isEqualTo("Zoë".getBytes(UTF_8));
    assertThat(Request.of(event("$default", encoded, true)).body())
        .isEqualTo("Zoë".getBytes(UTF_8));
    assertThat(Request.of(event("$default", null, false)).body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, , true",
    "'application/json, text/plain, */*', multipart/form-data, true",
    "application/problem+json, , true",
    "*/*, application/json, true",
    ", application/json; charset=utf-8, true",
    "'text/html,application/xhtml+xml,*/*;q=0.8', application/json, false",
    "'text/html,application/xhtml+xml,*/*;q=0.8', application/x-www-form-urlencoded, false",
    "*/*, application/x-www-form-urlencoded, false",
    ", , false",
  })
  void aProgramIsToldFromABrowserByWhatItAcceptsAndSends(
      @Nullable String accept, @Nullable String contentType, boolean program) {
    var headers = new HashMap<String, String>();
    if (accept != null) {
      headers.put("accept", accept);
    }
    if (contentType != null) {
      headers.put("content-type", contentType);
    }
    var request =
        new Request(
            "POST", "/forms/contact", "/forms/{form}", Map.of(), Map.of(), headers, new byte[0]);

    assertThat(request.wantsJson()).isEqualTo(program);
  }

  private static ObjectNode event(String routeKey, @Nullable String body, boolean base64) {
    var event =
        Json.MAPPER
            .createObjectNode()
            .put("routeKey", routeKey)
            .put("rawPath", "/forms/contact")
            .put("body", body)
            .put("isBase64Encoded", base64);
    event.putObject("requestContext").putObject("http").put("method", "POST");
    return event;
  }
}
