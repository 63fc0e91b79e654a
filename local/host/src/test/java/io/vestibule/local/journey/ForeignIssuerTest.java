package io.vestibule.local.journey;

import static io.vestibule.local.journey.Staff.location;
import static io.vestibule.local.journey.Staff.session;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.oauth2.sdk.TokenRequest;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.http.OAuth2HttpRequest;
import no.nav.security.mock.oauth2.http.OAuth2HttpResponse;
import no.nav.security.mock.oauth2.http.Route;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import no.nav.security.mock.oauth2.token.KeyProvider;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Staff sign in at a provider that somebody else has written. It keeps to OpenID Connect and not to
 * what we thought of it: its name has a path, and it says no more than it must.
 */
class ForeignIssuerTest extends Journey {

  private static final String TENANT = "tenant/v2.0";
  private static final String CLIENT = "our client";
  private static final String SECRET = "a secret: 100 % + more";

  private final Keys keys = new Keys();
  private final Tap tap = new Tap();
  private final MockOAuth2Server issuer = new MockOAuth2Server(config(), tap);
  private final HttpClient browser = HttpClient.newHttpClient();
  private Duration ahead = Duration.ZERO;

  /** What the provider signs with, which it may change between two sign-ins. */
  private static final class Keys extends KeyProvider {

    private JWSAlgorithm algorithm = JWSAlgorithm.RS256;
    private JWK key = made(algorithm);

    void rotate(JWSAlgorithm to) {
      algorithm = to;
      key = made(to);
    }

    private static JWK made(JWSAlgorithm algorithm) {
      var id = UUID.randomUUID().toString();
      try {
        return JWSAlgorithm.Family.EC.contains(algorithm)
            ? new ECKeyGenerator(Curve.P_256).keyID(id).generate()
            : new RSAKeyGenerator(2048).keyID(id).generate();
      } catch (JOSEException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public JWK signingKey(String issuerId) {
      return key;
    }

    @Override
    public JWSAlgorithm algorithm() {
      return algorithm;
    }

    @Override
    public String keyType() {
      return key.getKeyType().getValue();
    }
  }

  /** Sees all that the provider is asked, and answers once in its place where it gives tokens. */
  private static final class Tap implements Route {

    private final Map<String, OAuth2HttpRequest> last = new ConcurrentHashMap<>();
    private final AtomicReference<OAuth2HttpResponse> instead = new AtomicReference<>();

    void answers(int status, String body, String... headers) {
      instead.set(new OAuth2HttpResponse(Headers.of(headers), status, body, body.getBytes(UTF_8)));
    }

    OAuth2HttpRequest asked(String path) {
      return Objects.requireNonNull(last.get(path));
    }

    @Override
    public boolean match(OAuth2HttpRequest request) {
      var path = request.getUrl().encodedPath();
      last.put(path.substring(path.lastIndexOf('/')), request);
      return path.endsWith("/token") && instead.get() != null;
    }

    @Override
    public OAuth2HttpResponse invoke(OAuth2HttpRequest request) {
      return Objects.requireNonNull(instead.getAndSet(null));
    }
  }

  private OAuth2Config config() {
    return new OAuth2Config(
        false, null, null, false, new OAuth2TokenProvider(keys, () -> clock.instant().plus(ahead)));
  }

  @Override
  protected Map<String, String> parameters() {
    issuer.start(InetAddress.getLoopbackAddress(), 0);
    return Map.of(
        "StaffSignIn",
        "oidc",
        "StaffIssuer",
        name(TENANT),
        "StaffClientId",
        CLIENT,
        "StaffScope",
        "openid profile groups");
  }

  /** As it calls itself to whoever comes by this address: to browsers another site than ours. */
  private String name(String tenant) {
    return "http://127.0.0.1:%d/%s".formatted(issuer.baseUrl().port(), tenant);
  }

  @BeforeAll
  void giveUsASecret() {
    host.secrets().put("vestibule-staff", SECRET);
  }

  @AfterAll
  void stopTheIssuer() {
    issuer.shutdown();
  }

  @BeforeEach
  void anew() {
    ahead = Duration.ZERO;
    if (!Set.of("RS256", "PS256", "ES256").contains(keys.algorithm().getName())) {
      keys.rotate(JWSAlgorithm.RS256);
      host.functions().renew();
    }
  }

  /** What its tokens say besides what each must: this provider, too, leaves auth_time to us. */
  private Map<String, Object> claims(Object groups) {
    var claims = new HashMap<String, Object>();
    claims.put("name", "Grace Hopper");
    claims.put("groups", groups);
    claims.put("auth_time", clock.instant().getEpochSecond());
    return claims;
  }

  /** Nothing besides: of itself, it would say who asked (azp). */
  private void gives(Map<String, Object> claims) {
    gives(claims, Duration.ofMinutes(5));
  }

  private void gives(Map<String, Object> claims, Duration lives) {
    issuer.enqueueCallback(
        new DefaultOAuth2TokenCallback(
            TENANT, "grace", "JWT", List.of(CLIENT), claims, lives.toSeconds()) {
          @Override
          public Map<String, Object> addClaims(TokenRequest request) {
            return claims;
          }
        });
  }

  /** Goes to the provider and comes back with a code, and does not yet hand it in. */
  private HttpRequest begins() throws Exception {
    var begun = send(HttpRequest.newBuilder(host.uri().resolve("/staff/login?to=%2Fstaff%2Fnew")));
    var back = location(send(HttpRequest.newBuilder(URI.create(location(begun)))));
    assertThat(back).startsWith(host.uri() + "/staff/callback?");
    var cookies =
        begun.headers().allValues("set-cookie").stream()
            .map(it -> it.replaceFirst(";.*", ""))
            .collect(Collectors.joining("; "));
    return HttpRequest.newBuilder(URI.create(back)).header("Cookie", cookies).build();
  }

  private HttpResponse<String> signsIn() throws Exception {
    return browser.send(begins(), BodyHandlers.ofString());
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return browser.send(request.build(), BodyHandlers.ofString());
  }

  private void assertSignedInAs(String role) throws Exception {
    var answer = signsIn();
    assertThat(location(answer)).as(refusal()).isEqualTo("/staff/new");
    assertThat(Staff.with(host, session(answer)).get("/staff/").body())
        .contains("Grace Hopper · " + role);
  }

  private void assertRefused(String reason) throws Exception {
    var answer = signsIn();
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("You are not signed in").doesNotContain("Grace");
    assertThat(session(answer)).isEmpty();
    assertThat(refusal()).contains(reason).doesNotContain("Grace", "grace");
  }

  /** What the log says of the last sign-in that proved nobody. */
  private String refusal() {
    return host.logs().getOrDefault("StaffFunction", List.of()).reversed().stream()
        .filter(it -> it.contains("\"code\":\"staff-sign-in-refused\""))
        .findFirst()
        .orElse("");
  }

  @Test
  void aForeignProviderSignsSomebodyInAndOutByItsOwnPaperOnly() throws Exception {
    gives(claims(List.of("everybody", "agent")));
    var answer = signsIn();

    assertThat(location(answer)).as(refusal()).isEqualTo("/staff/new");
    var grace = Staff.with(host, session(answer));
    assertThat(grace.get("/staff/").body()).contains("Grace Hopper · agent");
    assertThat(grace.get("/staff/operations").statusCode()).isEqualTo(404);
    var kept = Staff.with(host, grace.cookie);
    assertThat(location(grace.posts("/staff/sign-out", Map.of()))).isEqualTo("/staff/signed-out");
    assertThat(location(kept.get("/staff/"))).startsWith("/staff/login");
  }

  @Test
  void itIsAskedAsTheStandardSays() throws Exception {
    gives(claims("agent"));
    signsIn();

    var authorize = parameters(tap.asked("/authorize").getUrl().uri().getRawQuery());
    assertThat(authorize)
        .containsEntry("response_type", "code")
        .containsEntry("client_id", CLIENT)
        .containsEntry("scope", "openid profile groups")
        .containsEntry("code_challenge_method", "S256")
        .containsEntry("max_age", "28800")
        .containsKeys("state", "nonce", "code_challenge");
    var token = tap.asked("/token");
    assertThat(parameters(token.getBody()))
        .containsEntry("grant_type", "authorization_code")
        .containsEntry("redirect_uri", host.uri() + "/staff/callback")
        .containsKeys("code", "code_verifier")
        .doesNotContainKey("client_secret");
    var credentials = URLEncoder.encode(CLIENT, UTF_8) + ":" + URLEncoder.encode(SECRET, UTF_8);
    assertThat(token.getHeaders().get("Authorization"))
        .isEqualTo("Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)));
  }

  private static Map<String, String> parameters(String form) {
    return List.of(form.split("&", -1)).stream()
        .map(it -> it.split("=", 2))
        .collect(Collectors.toMap(it -> it[0], it -> URLDecoder.decode(it[1], UTF_8)));
  }

  @Test
  void groupsMayBeAListOrATextAndWhatNobodyKnowsIsPassedOver() throws Exception {
    var claims = claims("agent");
    claims.put("realm_access", Map.of("roles", List.of("admin")));
    claims.put("roles", List.of("admin"));
    claims.put("amr", List.of("pwd", "mfa"));
    claims.put("email_verified", true);
    gives(claims);
    assertSignedInAs("agent");

    gives(claims(List.of("viewer", "Former admin")));
    assertSignedInAs("viewer");

    for (var none : List.of("admin agent", List.of(), Map.of("admin", true), 7)) {
      gives(claims(none));
      assertThat(signsIn().body()).contains("You have no role here");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "PS256", "ES256"})
  void theProviderChangesItsKeyWhilePeopleAreSigningIn(String algorithm) throws Exception {
    host.functions().renew(); // Keys are asked for twice in 30 seconds, at most.
    gives(claims("agent"));
    assertSignedInAs("agent");
    var underWay = begins();

    keys.rotate(JWSAlgorithm.parse(algorithm));

    gives(claims("agent"));
    assertThat(location(browser.send(underWay, BodyHandlers.ofString()))).isEqualTo("/staff/new");
    gives(claims("agent"));
    assertSignedInAs("agent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS384", "RS512", "PS512"})
  void anAlgorithmThatWeDoNotNameIsRefused(String algorithm) throws Exception {
    host.functions().renew();
    keys.rotate(JWSAlgorithm.parse(algorithm));
    gives(claims("agent"));
    assertRefused("BadJOSEException");
  }

  @Test
  void ofSeveralAudiencesOursMustBeTheOneThatAsked() throws Exception {
    var claims = claims("agent");
    claims.put("aud", List.of("another-client", CLIENT));
    gives(claims);
    assertRefused("made for somebody else");

    claims.put("azp", "another-client");
    gives(claims);
    assertRefused("made for somebody else");

    claims.put("azp", CLIENT);
    gives(claims);
    assertSignedInAs("agent");

    claims.put("aud", List.of("another-client"));
    gives(claims);
    assertRefused("BadJWTException");
  }

  /**
   * A token that lives for half a minute: of an issuer that is a minute behind, it has ended when
   * it comes.
   */
  @ParameterizedTest
  @CsvSource({"PT1M, true", "-PT1M, true", "PT2M, false", "-PT2M, false"})
  void clocksMayDifferByAMinute(Duration by, boolean isTaken) throws Exception {
    ahead = by;
    gives(claims("agent"), Duration.ofSeconds(30)); // And half a minute for a busy machine.

    assertThat(!session(signsIn()).isEmpty()).as(refusal()).isEqualTo(isTaken);
  }

  /** Entra says of each token that it was made five minutes ago. */
  @ParameterizedTest
  @CsvSource({"-PT5M, true", "-PT9M, true", "-PT11M, false"})
  void aTokenMayBeDatedBackByLessThanTenMinutesIfItStillLives(Duration by, boolean isTaken)
      throws Exception {
    ahead = by;
    gives(claims("agent"), Duration.ofHours(1));

    assertThat(!session(signsIn()).isEmpty()).as(refusal()).isEqualTo(isTaken);
  }

  @Test
  void whoeverDoesNotSayWhenThePersonSignedInIsRefusedAndTheLogSaysWhat() throws Exception {
    var claims = claims("agent");
    claims.remove("auth_time");
    gives(claims);

    assertRefused("auth_time");
  }

  @Test
  void aTokenOfAnotherTenantOfTheSameProviderProvesNobody() throws Exception {
    var claims = claims("admin");
    claims.put("iss", name("tenant/of-others"));
    gives(claims);

    assertRefused("BadJWTException");
  }

  @Test
  void whoHasLostTheirRoleAtTheProviderIsOutWithinAQuarterOfAnHour() throws Exception {
    gives(claims(List.of("admin", "agent")));
    var grace = Staff.with(host, session(signsIn()));
    assertThat(grace.get("/staff/operations").statusCode()).isEqualTo(200);
    clock.advance(Duration.ofMinutes(15));
    assertThat(location(grace.get("/staff/operations"))).startsWith("/staff/login");

    gives(claims("agent"));
    var asAgent = Staff.with(host, session(signsIn()));
    assertThat(asAgent.get("/staff/operations").statusCode()).isEqualTo(404);
    clock.advance(Duration.ofMinutes(15));
    gives(claims(List.of()));
    var answer = signsIn();

    assertThat(answer.body()).contains("You have no role here");
    assertThat(session(answer)).isEmpty();
    assertThat(location(asAgent.get("/staff/"))).startsWith("/staff/login");
  }

  @Test
  void aCodeThatTheProviderDoesNotTakeSignsNobodyIn() throws Exception {
    var back = begins();
    tap.answers(
        400,
        "{\"error\":\"invalid_grant\",\"error_description\":\"Grace was here\"}",
        "Content-Type",
        "application/json;charset=UTF-8");

    var answer = browser.send(back, BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("You are not signed in").doesNotContain("Grace");
  }

  @ParameterizedTest
  @CsvSource({
    "400, application/json,"
        + " '{\"error\":\"unsupported_grant_type\",\"error_description\":\"Grace\"}'",
    "400, application/json, '{\"error\":\"<b>Grace</b>\"}'",
    "401, application/json, '{\"error\":\"invalid_client\"}'",
    "200, text/html, '<html>Grace, our gateway is down</html>'",
    "502, text/html, '<html>Grace, our gateway is down</html>'",
    "200, application/json, '{\"access_token\":\"Grace\",\"token_type\":\"Bearer\"}'",
    "200, application/json, '[]'",
    "302, text/html, ''",
    "200, application/json, ''"
  })
  void whatIsNoAnswerAtAllIsAFaultOfTheProvidersAndSaysNothingOfIt(
      int status, String type, String body) throws Exception {
    var back = begins();
    tap.answers(status, body, "Content-Type", type, "Location", name(TENANT));

    var answer = browser.send(back, BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).doesNotContain("Grace");
    assertThat(session(answer)).isEmpty();
    assertThat(host.logs().get("StaffDoorFunction"))
        .anyMatch(it -> it.contains("\"code\":\"staff-unavailable\""))
        .noneMatch(it -> it.contains("Grace"));
    gives(claims("agent"));
    assertSignedInAs("agent");
  }
}
