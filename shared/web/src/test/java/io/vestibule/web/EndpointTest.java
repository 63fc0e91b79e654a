package io.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Json;
import io.vestibule.core.forms.Business;
import io.vestibule.core.wording.Wordings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is answered when a request cannot be read, or its answer cannot be made. */
class EndpointTest {

  private static final String SECRET = "ada@example.com";

  private final Languages languages = new Languages(new Wordings());
  private final List<RuntimeException> failures = new ArrayList<>();
  private final Endpoint endpoint =
      new Endpoint(languages, new Pages(Business.load(), languages), failures::add);

  static Stream<ObjectNode> malformed() {
    return Stream.of(
        Json.MAPPER.createObjectNode(),
        Json.MAPPER.createObjectNode().put("routeKey", "ANY /forms/{form}"),
        event("POST").put("rawPath", 1),
        event("POST").put("isBase64Encoded", true).put("body", "%" + SECRET));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void anEventThatIsNoRequestIsAnsweredAsEveryFailureIs(ObjectNode event) {
    var response = endpoint.handle(event, request -> Reply.empty(200));

    assertThat(response.path("statusCode").intValue()).isEqualTo(503);
    assertThat(header(response, "Retry-After")).isEqualTo("30");
    assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
    assertThat(response.path("body").textValue())
        .contains("Please try again in a moment")
        .doesNotContain(SECRET);
    assertThat(failures).hasSize(1);
  }

  @Test
  void aFailureIsAnsweredAsWhoeverAskedCanReadIt() {
    var event = event("GET");
    event.putObject("headers").put("accept", "application/json");

    var response =
        endpoint.handle(
            event,
            request -> {
              throw new IllegalStateException(SECRET);
            });

    assertThat(response.path("statusCode").intValue()).isEqualTo(503);
    assertThat(header(response, "Retry-After")).isEqualTo("30");
    assertThat(response.path("body").textValue())
        .contains("urn:vestibule:problem:unavailable")
        .doesNotContain(SECRET);
    assertThat(failures).hasSize(1);
  }

  @Test
  void whatIsAnsweredStaysAsItIs() {
    var response = endpoint.handle(event("GET"), request -> Reply.seeOther("/privacy"));

    assertThat(response.path("statusCode").intValue()).isEqualTo(303);
    assertThat(failures).isEmpty();
  }

  private static String header(ObjectNode response, String name) {
    return response.path("headers").path(name).asText();
  }

  private static ObjectNode event(String method) {
    var event =
        Json.MAPPER
            .createObjectNode()
            .put("routeKey", "ANY /forms/{form}")
            .put("rawPath", "/forms/contact");
    event.putObject("requestContext").putObject("http").put("method", method);
    return event;
  }
}
