package io.vestibule.staff.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vestibule.core.Json;
import io.vestibule.core.Sha256;
import io.vestibule.keys.SessionSeal;
import io.vestibule.store.audit.StaffAudit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Sessions, each in a sealed cookie. It lasts 15 minutes; then the issuer is asked again, which
 * asks nobody as long as it knows them. So who has lost a role, or left, is out within that time.
 */
public final class Sessions {

  private static final Duration LASTS = Duration.ofMinutes(15);

  /** So long after somebody has really signed in they must do so again. */
  private static final Duration LONGEST = Duration.ofHours(8);

  private static final int ID_BYTES = 16;

  /** Browsers keep a cookie of 4 KB; the name is for people. */
  private static final int LONGEST_NAME = 60;

  private final SessionSeal seal;
  private final StaffAudit audit;
  private final String issuer;
  private final SecureRandom random;
  private final Clock clock;

  public Sessions(
      SessionSeal seal, StaffAudit audit, String issuer, SecureRandom random, Clock clock) {
    this.seal = seal;
    this.audit = audit;
    this.issuer = issuer;
    this.random = random;
    this.clock = clock;
  }

  /**
   * Begins one. Whoever kept the token, and has another made of it, shares the session's end.
   *
   * @param idToken which proves it
   * @param roles that the person has here
   * @return as the browser is to have it; empty if the person must sign in at the issuer once more
   */
  public Optional<String> begin(String idToken, SignedIn signedIn, List<String> roles) {
    var now = clock.instant();
    var end = signedIn.at().plus(LONGEST);
    if (!now.isBefore(end)) {
      return Optional.empty();
    }
    var session =
        new Session(
            id(idToken),
            person(signedIn.subject()),
            signedIn.subject(),
            shortened(signedIn.name()),
            roles,
            random(),
            earlier(now.plus(LASTS), end));
    audit.signsIn(session.inAllRoles(), session.id(), now);
    return Optional.of(seal.seal(json(session)));
  }

  /** The session that a browser has; empty if it is none of ours, is over, or was ended. */
  public Optional<Session> open(String sealed) {
    return seal.open(sealed)
        .map(Sessions::parse)
        .filter(session -> clock.instant().isBefore(session.until()))
        .filter(session -> !audit.hasSignedOut(session.id()));
  }

  /** Ends one, wherever its cookie was copied to. */
  public void end(Session session) {
    audit.signsOut(session.inAllRoles(), session.id(), clock.instant());
  }

  /**
   * By what is signed: of a signature there may be several spellings, and none is another token.
   */
  private static String id(String idToken) {
    var signed = idToken.substring(0, idToken.lastIndexOf('.'));
    return text(Arrays.copyOf(Sha256.of(signed.getBytes(UTF_8)), ID_BYTES));
  }

  /** Two issuers may call two people the same. */
  private String person(String subject) {
    byte[] hash = Sha256.of("%d|%s|%s".formatted(issuer.length(), issuer, subject).getBytes(UTF_8));
    return text(Arrays.copyOf(hash, ID_BYTES));
  }

  private String random() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return text(bytes);
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String shortened(String name) {
    return name.codePoints()
        .limit(LONGEST_NAME)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static byte[] json(Session session) {
    try {
      return Json.MAPPER.writeValueAsBytes(session);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a record of texts can always be written", e);
    }
  }

  /** Only we can have sealed it. */
  private static Session parse(byte[] json) {
    try {
      return Json.MAPPER.readValue(json, Session.class);
    } catch (IOException e) {
      throw new UncheckedIOException("a session of another version", e);
    }
  }
}
