package io.vestibule.staff.session;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks ID tokens (OpenID Connect Core, section 3.1.3.7): signed by the issuer, for us, for this
 * very sign-in, and just now. It must say when the person signed in, as the door asks for that with
 * {@code max_age} (section 2): an issuer that asks nobody any more would be noticed by nobody.
 */
public final class IdTokens {

  /** Signatures by a public key only: what a shared secret has signed, anybody could have. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);

  private static final Set<String> REQUIRED = Set.of("sub", "iat", "exp", "nonce");

  /**
   * A token is handed in as soon as it is made; an older one was kept by somebody. It is not less,
   * as Entra dates each token back by five minutes.
   */
  private static final Duration FRESH = Duration.ofMinutes(10);

  /** The issuer's clock may differ from ours by so much, ahead or behind. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  private final String issuer;
  private final String client;
  private final String rolesClaim;
  private final JWKSource<SecurityContext> keys;
  private final Clock clock;

  /**
   * Tokens of an issuer.
   *
   * @param client whom they must be for
   * @param rolesClaim the claim that has somebody's groups
   */
  public IdTokens(
      String issuer,
      String client,
      String rolesClaim,
      JWKSource<SecurityContext> keys,
      Clock clock) {
    this.issuer = issuer;
    this.client = client;
    this.rolesClaim = rolesClaim;
    this.keys = keys;
    this.clock = clock;
  }

  /** It proves nobody. */
  public static final class Refused extends Exception {

    private final String reason;

    Refused(String reason) {
      super(reason);
      this.reason = reason;
    }

    /** Why, without a word of the token's. */
    public String reason() {
      return reason;
    }
  }

  /**
   * Checks one.
   *
   * @param nonce of the sign-in
   * @throws Refused if it proves nobody
   * @throws IllegalStateException if the issuer's keys cannot be had
   */
  public SignedIn check(String idToken, String nonce) throws Refused {
    try {
      return signedIn(processor(nonce).process(idToken, null));
    } catch (KeySourceException e) {
      throw new IllegalStateException("the keys of the issuer cannot be had", e);
    } catch (BadJOSEException | JOSEException | ParseException e) {
      throw new Refused(e.getClass().getSimpleName());
    }
  }

  private DefaultJWTProcessor<SecurityContext> processor(String nonce) {
    var processor = new DefaultJWTProcessor<SecurityContext>();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    var exactly = new JWTClaimsSet.Builder().issuer(issuer).claim("nonce", nonce).build();
    var verifier =
        new DefaultJWTClaimsVerifier<>(client, exactly, REQUIRED) {
          @Override
          protected Date currentTime() {
            return Date.from(clock.instant());
          }
        };
    verifier.setMaxClockSkew((int) SKEW.toSeconds());
    processor.setJWTClaimsSetVerifier(verifier);
    return processor;
  }

  private SignedIn signedIn(JWTClaimsSet claims) throws Refused, ParseException {
    var now = clock.instant();
    var made = claims.getIssueTime().toInstant();
    if (made.isAfter(now.plus(SKEW)) || made.isBefore(now.minus(FRESH))) {
      throw new Refused("it was not made just now");
    }
    @Nullable String party = claims.getStringClaim("azp");
    if (party == null ? claims.getAudience().size() > 1 : !party.equals(client)) {
      throw new Refused("it was made for somebody else, too");
    }
    @Nullable Date at = claims.getDateClaim("auth_time");
    if (at == null) {
      throw new Refused("it does not say when the person signed in (auth_time)");
    }
    var signedInAt = at.toInstant();
    if (signedInAt.isAfter(now.plus(SKEW))) {
      throw new Refused("nobody has signed in yet");
    }
    return new SignedIn(claims.getSubject(), name(claims), groups(claims), signedInAt);
  }

  private static String name(JWTClaimsSet claims) {
    return Stream.of("name", "preferred_username", "email")
        .flatMap(it -> Optional.ofNullable(claims.getClaim(it)).stream())
        .map(Object::toString)
        .findFirst()
        .orElse(claims.getSubject());
  }

  /** A list, or a text, which is one group: a group may be called {@code Former admin}. */
  private List<String> groups(JWTClaimsSet claims) {
    return switch (claims.getClaim(rolesClaim)) {
      case List<?> several -> several.stream().map(String::valueOf).toList();
      case String one -> List.of(one);
      case null, default -> List.of();
    };
  }
}
