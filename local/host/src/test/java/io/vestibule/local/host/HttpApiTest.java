package io.vestibule.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vestibule.local.aws.Patience;
import io.vestibule.local.template.Stack;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
class HttpApiTest {

  private final Clock clock =
      Clock.fixed(Instant.parse("2026-03-12T19:03:58.390Z"), ZoneOffset.UTC);
  private final Console console = Console.open();
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebServer server = serve();

  @AfterAll
  void stop() {
    server.close();
    client.close();
    console.close();
  }

  @Test
  void aRequestArrivesAsApiGatewayWouldHandItOn() throws Exception {
    var request =
        request("/copy/caf%C3%A9?a=1&a=2&b=x%20y+z&c")
            .header("X-One", "1")
            .header("X-One", "2")
            .header("Cookie", "k=v; l=w")
            .header("User-Agent", "test")
            .GET();

    JsonNode event = event(send(request));

    assertThat(event.path("version").asText()).isEqualTo("2.0");
    assertThat(event.path("routeKey").asText()).isEqualTo("ANY /copy/{name}");
    assertThat(event.path("rawPath").asText()).isEqualTo("/copy/café");
    assertThat(event.path("rawQueryString").asText()).isEqualTo("a=1&a=2&b=x%20y+z&c");
    assertThat(event.at("/pathParameters/name").asText()).isEqualTo("café");
    assertThat(event.path("queryStringParameters").toString())
        .isEqualTo("{\"a\":\"1,2\",\"b\":\"x y z\",\"c\":\"\"}");
    assertThat(event.path("cookies").toString()).isEqualTo("[\"k=v\",\"l=w\"]");
    assertThat(event.at("/headers/x-one").asText()).isEqualTo("1,2");
    assertThat(event.path("headers").has("cookie")).isFalse();
    assertThat(event.has("body")).isFalse();
    assertThat(event.path("isBase64Encoded").asBoolean()).isFalse();
    JsonNode context = event.path("requestContext");
    assertThat(context.path("stage").asText()).isEqualTo("$default");
    assertThat(context.path("time").asText()).isEqualTo("12/Mar/2026:19:03:58 +0000");
    assertThat(context.path("timeEpoch").asLong()).isEqualTo(1773342238390L);
    assertThat(context.path("http").toString())
        .isEqualTo(
            "{\"method\":\"GET\",\"path\":\"/copy/café\",\"protocol\":\"HTTP/1.1\","
                + "\"sourceIp\":\"127.0.0.1\",\"userAgent\":\"test\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "application/json; charset=utf-8,       false, a=1",
    "text/plain,                            false, a=1",
    "application/x-www-form-urlencoded,     true,  YT0x",
    "multipart/form-data; boundary=x,       true,  YT0x"
  })
  void theContentTypeDecidesWhetherABodyComesInBase64(String type, boolean encoded, String body)
      throws Exception {
    JsonNode event =
        event(
            send(
                request("/copy/x")
                    .header("Content-Type", type)
                    .POST(BodyPublishers.ofString("a=1"))));

    assertThat(event.path("isBase64Encoded").asBoolean()).isEqualTo(encoded);
    assertThat(event.path("body").asText()).isEqualTo(body);
  }

  @Test
  void aResponseComesBackWithItsHeadersAndCookies() throws Exception {
    HttpResponse<String> response = send(request("/copy/x").GET());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().allValues("set-cookie")).containsExactly("a=1", "b=2");
    assertThat(response.headers().allValues("x-many")).containsExactly("1", "2");
    assertThat(response.headers().firstValue("content-type")).contains("text/plain;charset=UTF-8");
  }

  @Test
  void aResultWithoutAStatusIsTheBody() throws Exception {
    HttpResponse<String> response = send(request("/inferred").GET());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
    assertThat(response.body()).contains("\"rawPath\":\"/inferred\"");
  }

  @Test
  void aFailingFunctionShowsNothingOfItself() throws Exception {
    HttpResponse<String> response = send(request("/throwing").GET());

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).isEqualTo("{\"message\":\"Internal Server Error\"}");
  }

  @Test
  void whatNoRouteTakesIsTheGatewaysNotFound() throws Exception {
    assertThat(send(request("/nowhere").GET()).body()).isEqualTo("{\"message\":\"Not Found\"}");
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 11})
  void aBodyThatIsTooLargeIsRefused(int megabytes) throws Exception {
    byte[] body = new byte[megabytes * 1024 * 1024];

    HttpResponse<String> response = send(request("/copy/x").POST(BodyPublishers.ofByteArray(body)));

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body()).isEqualTo("{\"message\":\"Request Entity Too Large\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "/copy/..,               /copy/..",
    "/copy/%2e%2e,           /copy/..",
    "/copy/..;x,             /copy/..;x",
    "/copy/a|b?q=|\"^,       /copy/a|b",
    "http://localhost/copy/x, /copy/x",
  })
  void strangePathsReachTheFunctionAsTheyAre(String target, String path) throws Exception {
    String response = raw("GET " + target + " HTTP/1.1");

    assertThat(response).startsWith("HTTP/1.1 200");
    assertThat(event(response.substring(response.indexOf("\r\n\r\n") + 4)).path("rawPath").asText())
        .isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//copy/x",
        "/copy%2fx",
        "/..",
        "/../../x",
        "/copy/a%2fb",
        "//",
        "/%",
        "/%ff",
        "/\\x",
        "*"
      })
  void pathTricksAreNeverAnErrorOfTheServer(String target) throws Exception {
    assertThat(raw("GET " + target + " HTTP/1.1")).matches("(?s)HTTP/1.1 (200|400|404) .*");
  }

  @Test
  void whatIsNotHttpIsRefusedWithoutTheServersName() throws IOException {
    assertThat(raw("GET /copy/%zz HTTP/1.1"))
        .startsWith("HTTP/1.1 400")
        .endsWith("{\"message\":\"Bad Request\"}")
        .doesNotContainIgnoringCase("jetty");
  }

  @Test
  void onlyTheLoopbackAddressIsBound() throws IOException {
    assertThat(server.uri().getHost()).isEqualTo("localhost");
    assertThat(server.address().getAddress().isLoopbackAddress()).isTrue();
  }

  private WebServer serve() {
    Stack stack =
        Stacks.of(
            Stacks.withRoutes(
                Stacks.function("HttpCopy", Handlers.HttpCopy.class, Patience.LIMIT, Map.of()),
                new Stack.Route("ANY", "/copy/{name}")),
            Stacks.withRoutes(
                Stacks.function("Copy", Handlers.Copy.class), new Stack.Route("GET", "/inferred")),
            Stacks.withRoutes(
                Stacks.function("Throwing", Handlers.Throwing.class),
                new Stack.Route("ANY", "/throwing")));
    var functions =
        new Functions(stack, URI.create("http://127.0.0.1:1"), clock, console, seen -> {});
    var site = new HttpApi(stack, "ServerlessHttpApi", functions, clock);
    var started = WebServer.listen(0);
    started.serve(site);
    return started;
  }

  private HttpRequest.Builder request(String target) {
    return HttpRequest.newBuilder(server.uri().resolve(target));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private String raw(String requestLine) throws IOException {
    try (var socket = new Socket("localhost", server.uri().getPort())) {
      String request = requestLine + "\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static JsonNode event(HttpResponse<String> response) throws IOException {
    return event(response.body());
  }

  private static JsonNode event(String body) throws IOException {
    return new ObjectMapper().readTree(body);
  }
}
