package io.vestibule.local.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * An OpenID Connect provider, where one picks who one is. It is as strict as others are: about the
 * client and its secret, where people are sent back to, PKCE, and that a code is used once.
 */
final class LocalIssuer implements WebServer.Site {

  static final String CLIENT = "vestibule-local";

  /** Who there is: each has the role of this name, and {@code nobody} has none. */
  static final List<String> PEOPLE =
      List.of("admin", "agent", "viewer", "privacy", "operator", "nobody");

  private static final Duration CODE_LASTS = Duration.ofMinutes(1);
  private static final Duration TOKEN_LASTS = Duration.ofMinutes(10);
  private static final String COOKIE = "local-issuer=";

  /**
   * Of all providers of this process, which tests start by the dozen: it takes seconds to make one.
   * They are told apart by their names.
   */
  private static final RSAKey KEY = newKey();

  private final String name;
  private final String secret;
  private final String callback;
  private final Clock clock;
  private final Map<String, Grant> grants = new ConcurrentHashMap<>();

  private record Grant(
      String person, Instant signedInAt, Optional<String> nonce, String challenge, Instant until) {}

  /**
   * A provider.
   *
   * @param uri its own address
   * @param callback the one address that people are sent back to
   */
  LocalIssuer(URI uri, String secret, String callback, Clock clock) {
    this.name = uri.toString();
    this.secret = secret;
    this.callback = callback;
    this.clock = clock;
  }

  private static RSAKey newKey() {
    try {
      return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
    } catch (JOSEException e) {
      throw new AssertionError("RSA is there", e);
    }
  }

  String name() {
    return name;
  }

  String secret() {
    return secret;
  }

  @Override
  public WebResponse answer(WebRequest request) {
    return switch (request.method() + " " + request.path()) {
      case "GET /.well-known/openid-configuration" -> configuration();
      case "GET /jwks" ->
          WebResponse.text(200, "application/json", new JWKSet(KEY.toPublicJWK()).toString());
      case "GET /authorize" -> authorize(request);
      case "POST /token" -> token(request);
      default -> WebResponse.message(404, "Not Found");
    };
  }

  private WebResponse configuration() {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("issuer", name)
            .put("authorization_endpoint", name + "/authorize")
            .put("token_endpoint", name + "/token")
            .put("jwks_uri", name + "/jwks");
    json.putArray("response_types_supported").add("code");
    json.putArray("subject_types_supported").add("public");
    json.putArray("id_token_signing_alg_values_supported").add("RS256");
    json.putArray("code_challenge_methods_supported").add("S256");
    return WebResponse.json(200, json);
  }

  private WebResponse authorize(WebRequest request) {
    var query = parameters(request.query());
    boolean isRight =
        CLIENT.equals(query.get("client_id"))
            && callback.equals(query.get("redirect_uri"))
            && "code".equals(query.get("response_type"))
            && List.of(query.getOrDefault("scope", "").split(" ", -1)).contains("openid")
            && "S256".equals(query.get("code_challenge_method"))
            && query.containsKey("code_challenge")
            && query.containsKey("state");
    if (!isRight) {
      return WebResponse.message(400, "This client may not ask so");
    }
    var chosen = Optional.ofNullable(query.get("as"));
    if (chosen.isPresent()) {
      return PEOPLE.contains(chosen.get())
          ? back(query, chosen.get(), clock.instant())
          : back("error=access_denied", query);
    }
    return known(request, query)
        .map(it -> back(query, it.person(), it.at()))
        .orElseGet(() -> choose(request));
  }

  private record Known(String person, Instant at) {}

  /** Whom the browser was here, unless the client wants them asked again. */
  private Optional<Known> known(WebRequest request, Map<String, String> query) {
    var oldest =
        clock.instant().minusSeconds(Long.parseLong(query.getOrDefault("max_age", "999999999")));
    return request
        .header("cookie")
        .filter(it -> !"login".equals(query.get("prompt")))
        .filter(it -> it.contains(COOKIE))
        .map(it -> it.substring(it.indexOf(COOKIE) + COOKIE.length()).replaceFirst(";.*", ""))
        .map(it -> it.split("\\.", -1))
        .map(it -> new Known(it[0], Instant.ofEpochSecond(Long.parseLong(it[1]))))
        .filter(it -> !it.at().isBefore(oldest));
  }

  private WebResponse back(Map<String, String> query, String person, Instant at) {
    var code = UUID.randomUUID().toString();
    grants.put(
        code,
        new Grant(
            person,
            at,
            Optional.ofNullable(query.get("nonce")),
            query.getOrDefault("code_challenge", ""),
            clock.instant().plus(CODE_LASTS)));
    var answer = back("code=" + code, query);
    return new WebResponse(
        answer.status(),
        List.of(
            answer.headers().getFirst(),
            Map.entry(
                "set-cookie",
                "%s%s.%d; Path=/; HttpOnly; SameSite=Lax"
                    .formatted(COOKIE, person, at.getEpochSecond()))),
        answer.body());
  }

  private WebResponse back(String what, Map<String, String> query) {
    var state = URLEncoder.encode(query.getOrDefault("state", ""), UTF_8);
    return WebResponse.redirect("%s?%s&state=%s".formatted(callback, what, state));
  }

  private WebResponse choose(WebRequest request) {
    var links =
        PEOPLE.stream()
            .map(
                it ->
                    "<li><a href=\"?%s&amp;as=%s\">%s</a></li>"
                        .formatted(
                            request.query().replace("&", "&amp;").replace("\"", "&quot;"), it, it))
            .collect(Collectors.joining("\n"));
    return WebResponse.text(
        200,
        "text/html; charset=utf-8",
        """
        <!doctype html>
        <html lang="en"><meta name="viewport" content="width=device-width">
        <title>Who are you?</title>
        <style>body { font: 1.1rem/2 system-ui; max-width: 30rem; margin: 3rem auto; padding: 0 1rem }</style>
        <h1>Who are you?</h1>
        <p>This provider is a part of the local run. Pick a role.</p>
        <ul>%s</ul>
        """
            .formatted(links));
  }

  private WebResponse token(WebRequest request) {
    var posted = parameters(new String(request.body(), UTF_8));
    var basic =
        "Basic " + Base64.getEncoder().encodeToString((CLIENT + ":" + secret).getBytes(UTF_8));
    if (request.header("authorization").filter(basic::equals).isEmpty()) {
      return error(401, "invalid_client");
    }
    return Optional.ofNullable(grants.remove(posted.getOrDefault("code", "")))
        .filter(grant -> "authorization_code".equals(posted.get("grant_type")))
        .filter(grant -> callback.equals(posted.get("redirect_uri")))
        .filter(grant -> clock.instant().isBefore(grant.until()))
        .filter(
            grant -> challenge(posted.getOrDefault("code_verifier", "")).equals(grant.challenge()))
        .map(this::tokens)
        .orElseGet(() -> error(400, "invalid_grant"));
  }

  private static String challenge(String verifier) {
    return verifier.length() < CodeVerifier.MIN_LENGTH
        ? ""
        : CodeChallenge.compute(CodeChallengeMethod.S256, new CodeVerifier(verifier)).getValue();
  }

  private WebResponse tokens(Grant grant) {
    var now = clock.instant();
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(name)
            .audience(CLIENT)
            .subject("local-" + grant.person())
            .claim("name", "The " + grant.person())
            .claim("groups", List.of("everybody", grant.person()))
            .claim("auth_time", grant.signedInAt().getEpochSecond())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(TOKEN_LASTS)));
    grant.nonce().ifPresent(nonce -> claims.claim("nonce", nonce));
    return WebResponse.json(
        200,
        JsonNodeFactory.instance
            .objectNode()
            .put("access_token", UUID.randomUUID().toString())
            .put("token_type", "Bearer")
            .put("expires_in", TOKEN_LASTS.toSeconds())
            .put("id_token", signed(claims.build())));
  }

  private String signed(JWTClaimsSet claims) {
    try {
      var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(KEY.getKeyID()).build();
      var token = new SignedJWT(header, claims);
      token.sign(new RSASSASigner(KEY));
      return token.serialize();
    } catch (JOSEException e) {
      throw new AssertionError("our own key signs", e);
    }
  }

  private static WebResponse error(int status, String error) {
    return WebResponse.json(status, JsonNodeFactory.instance.objectNode().put("error", error));
  }

  private static Map<String, String> parameters(String query) {
    var parameters = new LinkedHashMap<String, String>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.putIfAbsent(
            WebRequest.decode(pair.substring(0, equals).replace('+', ' ')),
            WebRequest.decode(pair.substring(equals + 1).replace('+', ' ')));
      }
    }
    return parameters;
  }
}
