package io.vestibule.local.journey;

import static io.vestibule.local.journey.Staff.location;
import static io.vestibule.local.journey.Staff.session;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import io.vestibule.core.Json;
import io.vestibule.local.host.Outcome;
import io.vestibule.web.Links;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Who comes in by the staff's door, and who does not. */
class StaffDoorTest extends Journey {

  private String entry;

  @Override
  protected Map<String, String> parameters() {
    return Map.of("StaffSignIn", "oidc");
  }

  @BeforeAll
  void somebodyWrites() throws Exception {
    somebody().becomesACustomer(Map.of());
    entry = new Staff(host, "agent").newest();
  }

  @Test
  void whoIsNotSignedInIsSentToSignInAndNobodyIsAskedAnything() throws Exception {
    var stranger = Staff.with(host, "");
    try (var recording = host.calls().record()) {
      var answer = stranger.get(entry);

      assertThat(answer.statusCode()).isEqualTo(303);
      assertThat(location(answer)).startsWith("/staff/login?to=%2Fstaff%2Fentries%2F");
      assertThat(recording.of("StaffDoorFunction")).isEmpty();
      assertThat(recording.of("StaffFunction")).isEmpty();
    }
  }

  @Test
  void aForgedSessionOpensNothing() throws Exception {
    var real = new Staff(host, "agent").cookie;
    var middle = real.length() / 2;
    var changed =
        real.substring(0, middle)
            + (real.charAt(middle) == 'A' ? 'B' : 'A')
            + real.substring(middle + 1);
    for (var forged :
        List.of(
            changed,
            real.substring(0, real.length() - 4),
            "__Host-staff=AAAA",
            "__Host-staff={\"roles\":[\"admin\"]}",
            "staff=" + real.substring("__Host-staff=".length()))) {
      assertSentToSignIn(Staff.with(host, forged).get(entry));
    }
  }

  @Test
  void aSessionEndsAfterAQuarterOfAnHourAndIsRenewedWithoutAWord() throws Exception {
    var browser = new Browser();
    assertThat(browser.goes("/staff/", "agent").body()).contains("The agent");
    var first = browser.session;
    clock.advance(Duration.ofMinutes(16));

    assertSentToSignIn(Staff.with(host, first).get(entry));
    assertThat(browser.goes("/staff/", "nobody-is-asked").body()).contains("The agent");
    assertThat(browser.session).isNotEqualTo(first);
  }

  @Test
  void whatIsPressedAfterTheSessionIsOverIsNotDoneAndSaysSo() throws Exception {
    var agent = new Staff(host, "agent");
    var take = Map.of("from", "new", "to", "taken", "csrf", agent.csrf());
    clock.advance(Duration.ofMinutes(16));

    for (var person : List.of(agent, Staff.with(host, ""))) {
      var answer = person.sends(entry + "?lang=de", take, "Sec-Fetch-Site", "same-origin");

      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body())
          .contains("Es wurde nichts ausgeführt")
          .contains("/staff/login?to=" + URLEncoder.encode(entry + "?lang=de", UTF_8));
    }
    assertThat(new Staff(host, "agent").newest()).isEqualTo(entry);
  }

  @Test
  void whoSignsOutAfterTheSessionIsOverIsSignedOut() throws Exception {
    var agent = new Staff(host, "agent");
    clock.advance(Duration.ofMinutes(16));

    var answer = agent.sends("/staff/sign-out", Map.of(), "Sec-Fetch-Site", "same-origin");

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(location(answer)).isEqualTo("/staff/signed-out");
    assertThat(session(answer)).isEqualTo("__Host-staff=");
    var elsewhere =
        Staff.with(host, "").sends("/staff/sign-out", Map.of(), "Sec-Fetch-Site", "cross-site");
    assertThat(session(elsewhere)).as("another site takes no cookie").isEmpty();
  }

  @Test
  void afterEightHoursTheIssuerAsksAgain() throws Exception {
    var browser = new Browser();
    browser.goes("/staff/", "agent");
    clock.advance(Duration.ofHours(8).plusMinutes(1));

    assertThat(browser.goes("/staff/", "viewer").body()).contains("The viewer");
  }

  @Test
  void aSessionIsWorthNothingAfterSigningOutWhoeverKeptIt() throws Exception {
    var agent = new Staff(host, "agent");
    var kept = Staff.with(host, agent.cookie);
    assertThat(kept.get("/staff/").statusCode()).isEqualTo(200);

    var answer = agent.posts("/staff/sign-out", Map.of());

    assertThat(location(answer)).isEqualTo("/staff/signed-out");
    assertThat(session(answer)).isEqualTo("__Host-staff=");
    assertSentToSignIn(kept.get(entry));
    assertThat(Staff.with(host, "").get("/staff/signed-out").statusCode()).isEqualTo(200);
  }

  @Test
  void aTokenThatIsHandedInOnceMoreSharesTheSessionAndItsEnd() throws Exception {
    var call = call("/staff/callback");
    call.putObject("signIn").put("idToken", token("mine")).put("nonce", "mine");
    var agent = Staff.with(host, "__Host-staff=" + asked(call).path("session").asText());
    var kept = Staff.with(host, "__Host-staff=" + asked(call).path("session").asText());
    assertThat(kept.cookie).isNotEqualTo(agent.cookie);
    assertThat(kept.get("/staff/").statusCode()).isEqualTo(200);

    agent.posts("/staff/sign-out", Map.of());

    assertSentToSignIn(kept.get(entry));
    var later = Staff.with(host, "__Host-staff=" + asked(call).path("session").asText());
    assertSentToSignIn(later.get(entry));
  }

  /** What the issuer gives a door for an agent. */
  private String token(String nonce) throws Exception {
    var function = host.stack().function("StaffDoorFunction").orElseThrow().environment();
    var verifier = new CodeVerifier();
    var there =
        Links.withQuery(
            function.get("STAFF_ISSUER") + "/authorize",
            Map.of(
                "client_id", function.get("STAFF_CLIENT_ID"),
                "redirect_uri", function.get("STAFF_URL") + "/staff/callback",
                "response_type", "code",
                "scope", "openid",
                "state", "any",
                "nonce", nonce,
                "code_challenge_method", "S256",
                "code_challenge",
                    CodeChallenge.compute(CodeChallengeMethod.S256, verifier).getValue(),
                "as", "agent"));
    var http = HttpClient.newHttpClient();
    var back =
        http.send(HttpRequest.newBuilder(URI.create(there)).build(), BodyHandlers.ofString());
    var code = location(back).replaceFirst(".*code=([^&]*).*", "$1");
    var grant =
        Links.withQuery(
            "",
            Map.of(
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                function.get("STAFF_URL") + "/staff/callback",
                "code_verifier",
                verifier.getValue()));
    var client =
        function.get("STAFF_CLIENT_ID")
            + ":"
            + secret(requireNonNull(function.get("STAFF_CLIENT_SECRET")));
    var asked =
        HttpRequest.newBuilder(URI.create(function.get("STAFF_ISSUER") + "/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(client.getBytes(UTF_8)))
            .POST(BodyPublishers.ofString(grant.substring(1)))
            .build();
    return Json.MAPPER
        .readTree(http.send(asked, BodyHandlers.ofString()).body())
        .path("id_token")
        .asText();
  }

  private String secret(String id) {
    try (var secrets =
        SecretsManagerClient.builder()
            .endpointOverride(host.aws())
            .region(Region.of(host.stack().region()))
            .credentialsProvider(credentials("StaffDoorFunction"))
            .build()) {
      return secrets.getSecretValue(get -> get.secretId(id)).secretString();
    }
  }

  private static StaticCredentialsProvider credentials(String function) {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(function, "local"));
  }

  @Test
  void whoHasNoRoleHereComesToNothing() throws Exception {
    var answer = new Staff(host, "viewer").get("/_local/staff/login?as=nobody");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("You have no role here");
    assertThat(session(answer)).isEmpty();
  }

  @Test
  void twoTabsOfABrowserSignInAtOnce() throws Exception {
    var browser = new Browser();
    var one = browser.begins("/staff/login?to=/staff/new", "agent");
    var other = browser.begins("/staff/login?to=" + entry, "agent");

    assertThat(location(browser.get(one))).isEqualTo("/staff/new");
    assertThat(location(browser.get(other))).isEqualTo(entry);
    assertThat(browser.signIns).isEmpty();
    for (int i = 0; i < 20; i++) {
      browser.begins("agent");
    }
    assertThat(browser.signIns).as("they are sent with each request").hasSizeLessThan(7);
  }

  @Test
  void whatNoIssuerSendsIsGivenToNone() throws Exception {
    for (var code : List.of("", "a%20b", "%C3%A4", "x".repeat(2049))) {
      var browser = new Browser();
      var callback = browser.begins("agent").replaceFirst("code=[^&]*", "code=" + code);
      clock.advance(Duration.ofMinutes(6)); // The secret would be asked for again.
      try (var recording = host.calls().record()) {
        var answer = browser.get(callback);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("You are not signed in");
        assertThat(recording.of("StaffDoorFunction"))
            .extracting(it -> it.operation())
            .doesNotContain("GetSecretValue");
      }
    }
    assertThat(location(new Browser().get("/staff/callback?code=a&state=" + "b".repeat(2049))))
        .isEqualTo("/staff/");
  }

  @Test
  void theDoorHandsOnWhatIsForStaffAndNotTooLarge() throws Exception {
    var agent = new Staff(host, "agent");
    try (var recording = host.calls().record()) {
      var large = agent.sends(entry, Map.of("reason", "x".repeat(65_536)));

      assertThat(large.statusCode()).isEqualTo(413);
      assertThat(askedAtTheDoor("/favicon.ico").path("statusCode").asInt()).isEqualTo(404);
      assertThat(askedAtTheDoor("/staffx").path("statusCode").asInt()).isEqualTo(404);
      assertThat(recording.of("StaffFunction")).isEmpty();
    }
    assertThat(askedAtTheDoor("/staff/new").path("statusCode").asInt()).isEqualTo(303);
  }

  private JsonNode askedAtTheDoor(String path) {
    var event = Json.MAPPER.createObjectNode().put("routeKey", "$default").put("rawPath", path);
    event.putObject("requestContext").putObject("http").put("method", "GET").put("path", path);
    return asked("StaffDoorFunction", event);
  }

  @Test
  void whatTheProviderCallsItIsInTheLogIfItSignsNobodyIn() throws Exception {
    var browser = new Browser();

    var answer = browser.get(browser.begins("mallory"));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(String.valueOf(host.logs().get("StaffDoorFunction")))
        .contains("staff-sign-in-refused")
        .contains("access_denied");
  }

  @Test
  void aSignInThatAnotherBrowserBeganIsNotFinishedHere() throws Exception {
    var other = new Browser();
    var callback = other.begins("agent");
    var victim = new Browser();
    victim.get("/staff/login");

    var answer = victim.get(callback);

    assertThat(location(answer)).isEqualTo("/staff/");
    assertThat(answer.headers().allValues("set-cookie")).as("its own stays").isEmpty();
    assertThat(session(other.get(callback))).hasSizeGreaterThan(100);
    assertThat(session(other.get(callback))).as("the code is used once").isEmpty();
  }

  @Test
  void whoSignsInGetsASessionOfTheirOwnWhateverTheyHadBefore() throws Exception {
    var planted = new Staff(host, "viewer").cookie;
    var browser = new Browser();
    browser.session = planted;
    var answer = browser.get(browser.begins("agent"));

    assertThat(session(answer)).hasSizeGreaterThan(100).isNotEqualTo(planted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/",
        "//evil.example/staff/",
        "/staff//evil.example",
        "/\\evil.example",
        "/staff/\\evil.example",
        "javascript:alert(1)",
        "/staff/..//evil.example"
      })
  void afterSigningInNobodyLandsElsewhere(String to) throws Exception {
    var browser = new Browser();
    var login = "/staff/login?to=" + URLEncoder.encode(to, UTF_8);

    var answer = browser.get(browser.begins(login, "agent"));

    assertThat(location(answer)).isEqualTo("/staff/");
  }

  @Test
  void nothingIsDoneThatDoesNotComeFromAPageOfTheSession() throws Exception {
    var agent = new Staff(host, "agent");
    var ours = host.uri().toString();
    var take = Map.of("from", "new", "to", "taken", "csrf", agent.csrf());
    var without = Map.of("from", "new", "to", "taken");
    var another = Map.of("from", "new", "to", "taken", "csrf", new Staff(host, "agent").csrf());
    var refused =
        List.of(
            agent.sends(entry, without, "Sec-Fetch-Site", "same-origin"),
            agent.sends(entry, another, "Sec-Fetch-Site", "same-origin"),
            agent.sends(entry, take),
            agent.sends(entry, take, "Origin", "https://evil.example"),
            agent.sends(entry, take, "Origin", "null"),
            agent.sends(entry, take, "Sec-Fetch-Site", "cross-site", "Origin", ours),
            agent.sends(entry, take, "Sec-Fetch-Site", "same-site", "Origin", ours),
            agent.sends(entry, take, "Sec-Fetch-Site", "none"));

    assertThat(refused).extracting(HttpResponse::statusCode).containsOnly(403);
    assertThat(agent.newest()).isEqualTo(entry);
    assertThat(agent.sends(entry, take, "Origin", ours).statusCode()).isEqualTo(303);
    agent.posts(entry, Map.of("from", "taken", "to", "new"));
  }

  @Test
  void everyPageForbidsToBeFramedKeptOrScripted() throws Exception {
    var agent = new Staff(host, "agent");
    for (var path : List.of("/staff/", "/staff/new", entry, "/staff/nothing")) {
      var headers = agent.get(path).headers();

      assertThat(headers.firstValue("content-security-policy").orElse(""))
          .contains("default-src 'none'")
          .contains("frame-ancestors 'none'")
          .contains("form-action 'self'")
          .doesNotContain("script-src");
      assertThat(headers.firstValue("cache-control")).contains("no-store");
      assertThat(headers.firstValue("referrer-policy")).contains("same-origin");
      assertThat(headers.firstValue("x-content-type-options")).contains("nosniff");
      assertThat(headers.firstValue("strict-transport-security")).isPresent();
    }
    var cookie =
        agent.get("/_local/staff/login?as=agent").headers().allValues("set-cookie").getFirst();
    assertThat(cookie).endsWith("; Path=/; Secure; HttpOnly; SameSite=Lax").hasSizeLessThan(1024);
  }

  @Test
  void aDoorThatIsTakenOverOpensNothingByItself() throws Exception {
    var tables = List.of("identities", "customers", "entries", "audit", "system-keys");
    for (var table : tables) {
      assertThatExceptionOfType(DynamoDbException.class)
          .isThrownBy(() -> as("StaffDoorFunction").scan(scan -> scan.tableName(table)))
          .withMessageContaining("not authorized");
    }
    var identity = this.tables.items("identities").getFirst();
    try (var kms = kms("StaffDoorFunction")) {
      assertThatExceptionOfType(KmsException.class)
          .isThrownBy(
              () ->
                  kms.decrypt(
                      decrypt ->
                          decrypt
                              .ciphertextBlob(requireNonNull(identity.get("wrapped")).b())
                              .encryptionContext(
                                  Map.of(
                                      "use",
                                      "customer",
                                      "customer",
                                      Tables.text(identity, "customerId")))))
          .withMessageContaining("not authorized");
    }
  }

  @Test
  void aDoorThatIsTakenOverInventsNobody() throws Exception {
    var key = new RSAKeyGenerator(2048).keyID("made-up").generate();
    var issuer = host.stack().function("StaffFunction").orElseThrow().environment();
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer.get("STAFF_ISSUER"))
            .audience(issuer.get("STAFF_CLIENT_ID"))
            .subject("local-admin")
            .claim("groups", List.of("admin"))
            .claim("nonce", "mine")
            .issueTime(Date.from(clock.instant()))
            .expirationTime(Date.from(clock.instant().plusSeconds(60)))
            .build();
    var token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
    token.sign(new RSASSASigner(key));
    var call = call("/staff/callback");
    call.putObject("signIn").put("idToken", token.serialize()).put("nonce", "mine");

    var answer = asked(call);

    assertThat(answer.path("kind").asText()).isEqualTo("PAGE");
    assertThat(answer.at("/reply/status").asInt()).isEqualTo(403);
    assertThat(answer.path("session").asText("")).isIn("", "null");
    assertThat(asked(call(entry).put("session", "{\"roles\":[\"admin\"]}")).path("kind").asText())
        .isEqualTo("SIGN_IN");
  }

  private JsonNode asked(JsonNode call) {
    return asked("StaffFunction", call);
  }

  private JsonNode asked(String function, JsonNode call) {
    return host.functions().invoke(function, call, "test").outcome()
            instanceof Outcome.Returned(JsonNode value)
        ? value
        : Json.MAPPER.missingNode();
  }

  private static ObjectNode call(String path) {
    var call = Json.MAPPER.createObjectNode();
    var request = call.putObject("request").put("method", "GET").put("path", path).put("route", "");
    request.putObject("parameters");
    request.putObject("query");
    request.putObject("headers");
    request.put("body", "");
    return call;
  }

  private KmsClient kms(String function) {
    return KmsClient.builder()
        .endpointOverride(host.aws())
        .region(Region.of(host.stack().region()))
        .credentialsProvider(credentials(function))
        .build();
  }

  private static void assertSentToSignIn(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(location(answer)).startsWith("/staff/login");
    assertThat(answer.body()).isEmpty();
  }

  /** A browser with cookies for us, and for the issuer. */
  private final class Browser {

    private final HttpClient client = HttpClient.newHttpClient();
    private String session = "";
    private final List<String> signIns = new ArrayList<>();
    private String issuer = "";

    HttpResponse<String> get(String path) throws Exception {
      var all = Stream.concat(Stream.of(session), signIns.stream()).toList();
      var answer = send(host.uri().resolve(path), String.join("; ", all));
      for (var cookie : answer.headers().allValues("set-cookie")) {
        var value = cookie.replaceFirst(";.*", "");
        if (value.startsWith("__Host-staff=")) {
          session = value;
        } else if (value.endsWith("=")) {
          signIns.removeIf(it -> it.startsWith(value));
        } else {
          signIns.add(value);
        }
      }
      return answer;
    }

    /** Goes to the issuer, is somebody there, and stops before coming back. */
    String begins(String as) throws Exception {
      return begins("/staff/login", as);
    }

    String begins(String login, String as) throws Exception {
      return atTheIssuer(location(get(login)), as);
    }

    private String atTheIssuer(String there, String as) throws Exception {
      var known = send(URI.create(there), issuer);
      var answer = known.statusCode() == 302 ? known : send(URI.create(there + "&as=" + as), "");
      answer
          .headers()
          .firstValue("set-cookie")
          .ifPresent(it -> issuer = it.replaceFirst(";.*", ""));
      var back = URI.create(location(answer));
      return back.getRawPath() + "?" + back.getRawQuery();
    }

    /** Follows where it is sent, and is somebody if the issuer asks. */
    HttpResponse<String> goes(String path, String as) throws Exception {
      var answer = get(path);
      for (int i = 0; i < 6 && answer.statusCode() == 303; i++) {
        var next = location(answer);
        answer = get(next.startsWith("http") ? atTheIssuer(next, as) : next);
      }
      return answer;
    }

    private HttpResponse<String> send(URI uri, String cookies) throws Exception {
      var request = HttpRequest.newBuilder(uri).GET();
      if (!cookies.isBlank()) {
        request.header("Cookie", cookies);
      }
      return client.send(request.build(), BodyHandlers.ofString());
    }
  }
}
