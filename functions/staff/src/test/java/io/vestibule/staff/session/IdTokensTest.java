package io.vestibule.staff.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class IdTokensTest {

  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
  private static final String ISSUER = "https://issuer.example";
  private static final String CLIENT = "our-client";
  private static final String NONCE = "this-sign-in";

  private final RSAKey key;
  private final ECKey curve;
  private final IdTokens idTokens;

  IdTokensTest() throws JOSEException {
    key = new RSAKeyGenerator(2048).keyID("now").generate();
    curve = new ECKeyGenerator(Curve.P_256).keyID("curve").generate();
    idTokens =
        new IdTokens(
            ISSUER,
            CLIENT,
            "groups",
            new ImmutableJWKSet<>(new JWKSet(List.of(key, curve)).toPublicJWKSet()),
            Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @Test
  void aTokenOfTheIssuerForUsAndThisSignInProvesWhoItIs() throws Exception {
    var signedIn = idTokens.check(signed(it -> it), NONCE);

    assertThat(signedIn)
        .isEqualTo(new SignedIn("u1", "Grace", List.of("agent", "all"), NOW.minusSeconds(60)));
    var elliptic = signed(JWSAlgorithm.ES256, "curve", new ECDSASigner(curve), claims().build());
    assertThat(idTokens.check(elliptic, NONCE).subject()).isEqualTo("u1");
  }

  @Test
  void aTextIsOneGroupWhateverItsWords() throws Exception {
    var one = signed(it -> it.claim("groups", "agent"));
    assertThat(idTokens.check(one, NONCE).groups()).containsExactly("agent");
    var former = signed(it -> it.claim("groups", "Former admin"));
    assertThat(idTokens.check(former, NONCE).groups()).containsExactly("Former admin");
    assertThat(idTokens.check(signed(it -> it.claim("groups", null)), NONCE).groups()).isEmpty();
  }

  @Test
  void whatNobodySignedProvesNobody() throws Exception {
    var none = new PlainJWT(claims().build()).serialize();
    var signed = signed(it -> it);
    var parts = signed.split("\\.", -1);
    var noneWithSignature = base64("{\"alg\":\"none\"}") + "." + parts[1] + "." + parts[2];

    assertRefused(none);
    assertRefused(noneWithSignature);
    assertRefused(parts[0] + "." + parts[1] + ".");
    assertRefused("");
    assertRefused("a.b.c");
  }

  @Test
  void ourPublicKeyIsNoSecretToSignWith() throws Exception {
    for (byte[] secret :
        List.of(
            key.toPublicJWK().toJSONString().getBytes(UTF_8),
            key.toRSAPublicKey().getEncoded(),
            ("-----BEGIN PUBLIC KEY-----\n"
                    + Base64.getMimeEncoder().encodeToString(key.toRSAPublicKey().getEncoded())
                    + "\n-----END PUBLIC KEY-----\n")
                .getBytes(UTF_8))) {
      assertRefused(signed(JWSAlgorithm.HS256, "now", new MACSigner(secret), claims().build()));
    }
  }

  @Test
  void aKeyThatComesWithTheTokenIsNotBelieved() throws Exception {
    var other = new RSAKeyGenerator(2048).keyID("now").generate();
    var header =
        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("now").jwk(other.toPublicJWK()).build();
    var token = new SignedJWT(header, claims().build());
    token.sign(new RSASSASigner(other));

    assertRefused(token.serialize());
  }

  @Test
  void anAccessTokenIsNoIdToken() throws Exception {
    var header =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .keyID("now")
            .type(new JOSEObjectType("at+jwt"))
            .build();
    var token = new SignedJWT(header, claims().build());
    token.sign(new RSASSASigner(key));

    assertRefused(token.serialize());
  }

  @Test
  void aTokenForSomebodyElseOrForAnotherSignInOrOfAnotherTimeProvesNobody() throws Exception {
    assertRefused(signed(it -> it.audience("another-client")));
    assertRefused(signed(it -> it.audience(List.of())));
    assertRefused(signed(it -> it.audience(List.of(CLIENT, "another-client"))));
    assertRefused(signed(it -> it.claim("azp", "another-client")));
    assertRefused(signed(it -> it.issuer("https://issuer.example.evil")));
    assertRefused(signed(it -> it.claim("nonce", "another-sign-in")));
    assertRefused(signed(it -> it.claim("nonce", null)));
    assertRefused(signed(it -> it.subject(null)));
    assertRefused(signed(it -> it.expirationTime(Date.from(NOW.minusSeconds(61)))));
    assertRefused(signed(it -> it.expirationTime(null)));
    assertRefused(signed(it -> it.issueTime(Date.from(NOW.minusSeconds(601)))));
    assertRefused(signed(it -> it.issueTime(Date.from(NOW.plusSeconds(120)))));
    assertRefused(signed(it -> it.issueTime(null)));
    assertRefused(signed(it -> it.claim("auth_time", NOW.plusSeconds(3_600).getEpochSecond())));
  }

  @Test
  void aTokenThatDoesNotSayWhenThePersonSignedInIsRefusedAndTheLogSaysWhy() throws Exception {
    var token = signed(it -> it.claim("auth_time", null));

    assertThatExceptionOfType(IdTokens.Refused.class)
        .isThrownBy(() -> idTokens.check(token, NONCE))
        .satisfies(e -> assertThat(e.reason()).contains("auth_time"));
  }

  @Test
  void ofSeveralAudiencesOursMustBeTheOneThatAsked() throws Exception {
    var several = signed(it -> it.audience(List.of(CLIENT, "another-client")).claim("azp", CLIENT));

    assertThat(idTokens.check(several, NONCE).subject()).isEqualTo("u1");
  }

  private void assertRefused(String token) {
    assertThatExceptionOfType(IdTokens.Refused.class)
        .isThrownBy(() -> idTokens.check(token, NONCE))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("u1", "Grace", NONCE));
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(CLIENT)
        .subject("u1")
        .claim("name", "Grace")
        .claim("groups", List.of("agent", "all"))
        .claim("nonce", NONCE)
        .claim("auth_time", NOW.minusSeconds(60).getEpochSecond())
        .issueTime(Date.from(NOW))
        .expirationTime(Date.from(NOW.plusSeconds(300)));
  }

  private String signed(UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
    return signed(JWSAlgorithm.RS256, "now", new RSASSASigner(key), change.apply(claims()).build());
  }

  private static String signed(
      JWSAlgorithm algorithm, String keyId, JWSSigner signer, JWTClaimsSet claims)
      throws JOSEException {
    var token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(keyId).build(), claims);
    token.sign(signer);
    return token.serialize();
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }
}
