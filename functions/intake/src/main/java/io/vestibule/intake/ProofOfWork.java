package io.vestibule.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.FrontMac;
import io.vestibule.core.Json;
import io.vestibule.core.forms.Entry;
import io.vestibule.core.forms.Form;
import io.vestibule.store.rows.SpentChallenge;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.altcha.altcha.Altcha;

/**
 * A sum that a sender's machine must do for a form that asks for it, as ALTCHA defines it: find the
 * number that, after a salt, has a given SHA-256. It costs a person a second, and somebody who
 * sends a million posts a million of them.
 *
 * <p>Nothing is remembered of a challenge that was handed out: its salt has the time when it ends,
 * and it is signed with a key of the form's own, {@code HMAC-SHA256(front-mac, "proof-of-work|" +
 * form)}.
 *
 * @see <a href="https://altcha.org/docs/v2/proof-of-work/">ALTCHA, Proof-of-Work</a>
 */
final class ProofOfWork {

  /** The control that carries the solution. */
  static final String CONTROL = "_altcha";

  /** How long a challenge can be answered; {@code vestibule.js} gets a new one before. */
  private static final Duration LIFETIME = Duration.ofMinutes(10);

  /**
   * Clocks differ: the mark of a spent challenge stays until no environment takes that challenge
   * any more.
   */
  private static final Duration MARGIN = Duration.ofHours(1);

  private static final int SALT_BYTES = 16;
  private static final int ID_BYTES = 16;
  private static final Pattern SALT = Pattern.compile("[0-9a-f]{32}\\?expires=([0-9]{1,12})&");

  private final CurrentFrontMac frontMac;
  private final Predicate<String> asksNow;
  private final SecureRandom random;
  private final Clock clock;

  /**
   * The scheme.
   *
   * @param asksNow whether a form asks for work now that does so only while it is needed
   */
  ProofOfWork(
      CurrentFrontMac frontMac, Predicate<String> asksNow, SecureRandom random, Clock clock) {
    this.frontMac = frontMac;
    this.asksNow = asksNow;
    this.random = random;
    this.clock = clock;
  }

  /** A new challenge, if the form asks for work now; empty if none can be signed, too. */
  Optional<ObjectNode> challenge(Form form) {
    var asked = form.proofOfWork();
    return asked == null || !isAsked(form, asked)
        ? Optional.empty()
        : frontMac.getUnlessItJustFailed().map(mac -> json(newChallenge(mac, form, asked)));
  }

  /** Whether a form is not taken without a solution. */
  static boolean isNecessary(Form form) {
    var asked = form.proofOfWork();
    return asked != null && !asked.onDemand();
  }

  private boolean isAsked(Form form, Form.ProofOfWork asked) {
    return !asked.onDemand() || asksNow.test(form.name());
  }

  private Altcha.Challenge newChallenge(FrontMac mac, Form form, Form.ProofOfWork asked) {
    var salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return sign(
        new Altcha.ChallengeOptions()
            .setSalt(HexFormat.of().formatHex(salt))
            .setExpires(clock.instant().plus(LIFETIME).getEpochSecond())
            .setNumber((long) random.nextInt(asked.maxNumber() + 1))
            .setMaxNumber((long) asked.maxNumber())
            .setHmacKey(key(mac, form)));
  }

  private static ObjectNode json(Altcha.Challenge challenge) {
    return Json.MAPPER
        .createObjectNode()
        .put("algorithm", challenge.algorithm)
        .put("challenge", challenge.challenge)
        .put("maxnumber", challenge.maxnumber)
        .put("salt", challenge.salt)
        .put("signature", challenge.signature);
  }

  /** What an entry's solution is worth. */
  sealed interface Verdict {

    /** The form asks for none. */
    record NotAsked() implements Verdict {}

    /** The solution is right, and is taken if it was not used before. */
    record Right(SpentChallenge challenge) implements Verdict {}

    /**
     * There is none that is right, and the form asks for one at this time: it is taken, and held.
     */
    record Owed() implements Verdict {}

    /** None was sent. */
    record Missing() implements Verdict {}

    /** It is damaged, does not solve the challenge, or the challenge is not ours for this form. */
    record Wrong() implements Verdict {}

    /** It was right, and is too old. */
    record Expired() implements Verdict {}

    /** It cannot be checked now. */
    record Unknown() implements Verdict {}
  }

  /** Checks the solution of an entry. */
  Verdict check(Form form, Entry entry) {
    var asked = form.proofOfWork();
    if (asked == null) {
      return new Verdict.NotAsked();
    }
    var verdict = solution(form, entry);
    return switch (verdict) {
      case Verdict.Missing _, Verdict.Wrong _, Verdict.Expired _ when asked.onDemand() ->
          isAsked(form, asked) ? new Verdict.Owed() : new Verdict.NotAsked();
      case Verdict.Unknown _ when asked.onDemand() -> new Verdict.NotAsked();
      default -> verdict;
    };
  }

  private Verdict solution(Form form, Entry entry) {
    var sent = entry.control(CONTROL);
    if (sent.isEmpty()) {
      return new Verdict.Missing();
    }
    var solution = Solution.parse(sent.get());
    var mac = frontMac.get();
    if (mac.isEmpty()) {
      return new Verdict.Unknown();
    }
    return solution.isPresent() ? check(mac.get(), form, solution.get()) : new Verdict.Wrong();
  }

  private Verdict check(FrontMac mac, Form form, Solution solution) {
    var salt = SALT.matcher(solution.salt());
    if (!salt.matches() || !isOurs(mac, form, solution)) {
      return new Verdict.Wrong();
    }
    var expiresAt = Instant.ofEpochSecond(Long.parseLong(salt.group(1)));
    return clock.instant().isAfter(expiresAt)
        ? new Verdict.Expired()
        : new Verdict.Right(spent(mac, form, solution, expiresAt));
  }

  /**
   * Made once more from what came back, it must be the same; unlike in the library's own check, the
   * comparison takes as long for any.
   */
  private static boolean isOurs(FrontMac mac, Form form, Solution solution) {
    var ours =
        sign(
            new Altcha.ChallengeOptions()
                .setSalt(solution.salt())
                .setNumber(solution.number())
                .setHmacKey(key(mac, form)));
    return isEqual(ours.challenge, solution.challenge())
        && isEqual(ours.signature, solution.signature());
  }

  private static SpentChallenge spent(
      FrontMac mac, Form form, Solution solution, Instant expiresAt) {
    byte[] hash = mac.of("challenge", form.name() + "|" + solution.challenge());
    String bits =
        Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, ID_BYTES));
    return new SpentChallenge("p" + bits, form.name(), expiresAt.plus(MARGIN));
  }

  private static String key(FrontMac mac, Form form) {
    return HexFormat.of().formatHex(mac.of("proof-of-work", form.name()));
  }

  /** The library declares what only a platform without SHA-256 would throw. */
  private static Altcha.Challenge sign(Altcha.ChallengeOptions options) {
    try {
      return Altcha.createChallenge(options);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError("every Java platform must have SHA-256", e);
    }
  }

  private static boolean isEqual(String ours, String theirs) {
    return MessageDigest.isEqual(ours.getBytes(UTF_8), theirs.getBytes(UTF_8));
  }
}
