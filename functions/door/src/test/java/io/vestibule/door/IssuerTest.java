package io.vestibule.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IssuerTest {

  private static final String ID_TOKEN =
      new PlainJWT(new JWTClaimsSet.Builder().subject("u1").build()).serialize();

  private final HttpServer server =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  private final String name = "http://localhost:" + server.getAddress().getPort();
  private final List<String> asked = new ArrayList<>();
  private final SignIn signIn = SignIn.begin("/staff/");
  private String methods = "";
  private int status = 200;
  private String answer =
      """
      {"access_token": "a", "token_type": "Bearer", "id_token": "%s"}
      """
          .formatted(ID_TOKEN);

  IssuerTest() throws IOException {
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void anIssuerThatDoesNotSayHowIsToldTheSecretInTheHeader() {
    assertThat(issuer().idToken("code", signIn)).contains(ID_TOKEN);
    assertThat(asked.getLast()).startsWith("Basic ").doesNotContain("client_secret=");
  }

  @Test
  void anIssuerThatTakesTheSecretInTheBodyOnlyGetsItThere() {
    methods = ", \"token_endpoint_auth_methods_supported\": [\"client_secret_post\"]";

    assertThat(issuer().idToken("code", signIn)).contains(ID_TOKEN);
    assertThat(asked.getLast()).doesNotContain("Basic ").contains("client_secret=the-secret");
  }

  @Test
  void aCodeThatTheIssuerDoesNotKnowIsNobodys() {
    status = 400;
    answer = "{\"error\": \"invalid_grant\"}";

    assertThat(issuer().idToken("code", signIn)).isEmpty();
  }

  @Test
  void anIssuerThatDoesNotTakeUsForWhoWeAreIsAFailureAndNotASignInThatWasBrokenOff() {
    for (var error : List.of("invalid_client", "unauthorized_client", "invalid_request", "")) {
      status = 401;
      answer = "{\"error\": \"%s\"}".formatted(error);

      assertThatIllegalStateException().isThrownBy(() -> issuer().idToken("code", signIn));
    }
  }

  @Test
  void whatAnIssuerCallsItIsLoggedIfItIsAWord() {
    assertThat(IssuerError.of("access_denied").text()).isEqualTo("access_denied");
    for (var said : List.of("", "Ada Byron", "a\nb", "x".repeat(61))) {
      assertThat(IssuerError.of(said).text()).isEqualTo("another_error");
    }
  }

  private Issuer issuer() {
    return new Issuer(
        name,
        "us",
        () -> "the-secret",
        "openid",
        URI.create("https://us.example/staff/callback"),
        Duration.ofMinutes(1));
  }

  private void answer(HttpExchange exchange) throws IOException {
    boolean isToken = exchange.getRequestURI().getPath().equals("/token");
    if (isToken) {
      var header = exchange.getRequestHeaders().getFirst("Authorization");
      asked.add(header + " " + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    }
    var about =
        """
        {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize",
         "token_endpoint": "%1$s/token", "jwks_uri": "%1$s/jwks",
         "subject_types_supported": ["public"] %2$s}
        """
            .formatted(name, methods);
    var body = (isToken ? answer : about).getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(isToken ? status : 200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
