package io.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.Http;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.vestibule.core.forms.Business;
import io.vestibule.core.wording.Wordings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  static Stream<APIGatewayV2HTTPEvent> malformed() {
    return Stream.of(
        new APIGatewayV2HTTPEvent(),
        APIGatewayV2HTTPEvent.builder().withRouteKey("ANY /forms/{form}").build(),
        event("POST").withIsBase64Encoded(true).withBody("%" + SECRET).build());
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void anEventThatIsNoRequestIsAnsweredAsEveryFailureIs(APIGatewayV2HTTPEvent event) {
    APIGatewayV2HTTPResponse response = endpoint.handle(event, request -> Reply.empty(200));

    assertThat(response.getStatusCode()).isEqualTo(503);
    assertThat(response.getHeaders())
        .containsEntry("Retry-After", "30")
        .containsEntry("Cache-Control", "no-store");
    assertThat(response.getBody()).contains("Please try again in a moment").doesNotContain(SECRET);
    assertThat(failures).hasSize(1);
  }

  @Test
  void aFailureIsAnsweredAsWhoeverAskedCanReadIt() {
    var event = event("GET").withHeaders(Map.of("accept", "application/json")).build();

    var response =
        endpoint.handle(
            event,
            request -> {
              throw new IllegalStateException(SECRET);
            });

    assertThat(response.getStatusCode()).isEqualTo(503);
    assertThat(response.getHeaders()).containsEntry("Retry-After", "30");
    assertThat(response.getBody())
        .contains("urn:vestibule:problem:unavailable")
        .doesNotContain(SECRET);
    assertThat(failures).hasSize(1);
  }

  @Test
  void whatIsAnsweredStaysAsItIs() {
    var response = endpoint.handle(event("GET").build(), request -> Reply.seeOther("/privacy"));

    assertThat(response.getStatusCode()).isEqualTo(303);
    assertThat(failures).isEmpty();
  }

  private static APIGatewayV2HTTPEvent.APIGatewayV2HTTPEventBuilder event(String method) {
    var http = Http.builder().withMethod(method).build();
    return APIGatewayV2HTTPEvent.builder()
        .withRouteKey("ANY /forms/{form}")
        .withRawPath("/forms/contact")
        .withRequestContext(RequestContext.builder().withHttp(http).build());
  }
}
