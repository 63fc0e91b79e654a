package io.vestibule.staff.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IssuerKeysTest {

  private final HttpServer server =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  private final String home = "http://localhost:" + server.getAddress().getPort();
  private volatile String about = "";
  private volatile RSAKey key;

  IssuerKeysTest() throws Exception {
    key = new RSAKeyGenerator(2048).keyID("first").generate();
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void anIssuersNameMayHaveAPathAndEndWithASlash() throws Exception {
    for (var name : new String[] {home, home + "/", home + "/tenant/v2.0", home + "/realms/a/"}) {
      says(name);

      assertThat(found(keys(name), "first")).as(name).isTrue();
    }
  }

  @Test
  void whoCallsItselfOtherwiseIsNotBelievedAndASlashMakesAnother() {
    says(home + "/tenant");
    for (var name : new String[] {home + "/tenant/", home + "/Tenant", home + "/other"}) {
      assertNone(name);
    }
  }

  @Test
  void whatIsNoAnswerIsNone() {
    for (var said : new String[] {"<html>down</html>", "[]", "{}", "{\"issuer\":7}"}) {
      about = said;
      assertNone(home);
    }
    about = "{\"issuer\":\"%s\",\"jwks_uri\":\"no address\"}".formatted(home);
    assertNone(home);
  }

  @Test
  void aKeyThatIsNewAtTheIssuerIsFoundAtOnce() throws Exception {
    says(home);
    var keys = keys(home);
    assertThat(found(keys, "first")).isTrue();

    key = new RSAKeyGenerator(2048).keyID("second").generate();

    assertThat(found(keys, "second")).isTrue();
    assertThatExceptionOfType(KeySourceException.class)
        .as("what the issuer has taken back is asked for twice in 30 seconds, and no more")
        .isThrownBy(() -> found(keys, "first"));
  }

  private static IssuerKeys keys(String name) {
    return new IssuerKeys(name, Duration.ofMinutes(1));
  }

  private void assertNone(String name) {
    assertThatExceptionOfType(KeySourceException.class)
        .isThrownBy(() -> found(keys(name), "first"));
  }

  private static boolean found(IssuerKeys keys, String id) throws KeySourceException {
    var selector = new JWKSelector(new JWKMatcher.Builder().keyID(id).build());
    return !keys.get(selector, null).isEmpty();
  }

  private void says(String name) {
    about = "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/jwks\"}".formatted(name, home);
  }

  private void answer(HttpExchange exchange) throws IOException {
    var isKeys = exchange.getRequestURI().getPath().equals("/jwks");
    var said = isKeys ? new JWKSet(key.toPublicJWK()).toString() : about;
    var body = said.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
