package io.vestibule.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vestibule.core.FrontMac;
import io.vestibule.core.forms.Entry;
import io.vestibule.core.forms.Form;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Marks each page that is shown: its form is one submission however often it is sent, and it is
 * known when it was made.
 *
 * <p>A nonce is {@code <128 random bits>.<epoch seconds>.<first 128 bits of HMAC-SHA256(front-mac,
 * "nonce|" + form + "|" + the two before)>}, bits in URL-safe base64. Without {@code front-mac} it
 * is the random bits only: the page says less, and works.
 */
final class Nonces {

  /** Nobody reads a form, fills it in and sends it in less; a browser that fills it in may. */
  private static final Duration HASTE = Duration.ofSeconds(2);

  private static final int BYTES = 16;
  private static final Pattern STAMPED =
      Pattern.compile("([A-Za-z0-9_-]{22}\\.([0-9]{1,12}))\\.([A-Za-z0-9_-]{22})");

  private final CurrentFrontMac frontMac;
  private final SecureRandom random;
  private final Clock clock;

  Nonces(CurrentFrontMac frontMac, SecureRandom random, Clock clock) {
    this.frontMac = frontMac;
    this.random = random;
    this.clock = clock;
  }

  /** The entry with a mark: the one that it came with, or a new one. */
  Entry mark(Form form, Entry entry) {
    return entry.control(IdempotencyKey.NONCE).isPresent() ? entry : markAnew(form, entry);
  }

  /** The entry with a new mark: the page that carries it is made now. */
  Entry markAnew(Form form, Entry entry) {
    return entry.with(IdempotencyKey.NONCE, nonce(form));
  }

  private String nonce(Form form) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String bits = base64(bytes);
    String stamped = bits + "." + clock.instant().getEpochSecond();
    return frontMac
        .getUnlessItJustFailed()
        .map(mac -> stamped + "." + signature(mac, form, stamped))
        .orElse(bits);
  }

  /**
   * Whether a page of ours came back within 2 seconds. Of a nonce that is not ours, or not this
   * form's, nothing can be said: that is false. So it is when two clocks disagree.
   */
  boolean isHasty(Form form, Entry entry) {
    return entry.control(IdempotencyKey.NONCE).flatMap(nonce -> madeAt(form, nonce)).stream()
        .map(madeAt -> Duration.between(madeAt, clock.instant()))
        .anyMatch(age -> !age.isNegative() && age.compareTo(HASTE) < 0);
  }

  /**
   * Whether a page of ours was made before a moment. Of a nonce that is not ours, or not this
   * form's, that is false.
   */
  boolean isMadeBefore(Form form, Entry entry, Instant moment) {
    return entry
        .control(IdempotencyKey.NONCE)
        .flatMap(nonce -> madeAt(form, nonce))
        .filter(madeAt -> madeAt.isBefore(moment))
        .isPresent();
  }

  private Optional<Instant> madeAt(Form form, String nonce) {
    var parts = STAMPED.matcher(nonce);
    if (!parts.matches()) {
      return Optional.empty();
    }
    return frontMac
        .getUnlessItJustFailed()
        .filter(mac -> isEqual(signature(mac, form, parts.group(1)), parts.group(3)))
        .map(_ -> Instant.ofEpochSecond(Long.parseLong(parts.group(2))));
  }

  private static String signature(FrontMac mac, Form form, String stamped) {
    return base64(Arrays.copyOf(mac.of("nonce", form.name() + "|" + stamped), BYTES));
  }

  private static boolean isEqual(String ours, String theirs) {
    return MessageDigest.isEqual(ours.getBytes(UTF_8), theirs.getBytes(UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
