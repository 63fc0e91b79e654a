package io.vestibule.core;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The number of a submission: {@code s} and 128 bits in URL-safe base64, 23 characters. The bits
 * are random, or a keyed hash of a submission that may be sent more than once.
 *
 * <p>It is public: it stands in links and answers, and is the correlation id of everything that is
 * logged about the submission. It tells nothing and opens nothing.
 */
public record RowId(String value) {

  private static final Pattern FORM = Pattern.compile("s[A-Za-z0-9_-]{22}");
  private static final int BYTES = 16;

  public RowId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not the id of a submission");
    }
  }

  public static RowId random(SecureRandom random) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return of(bytes);
  }

  /**
   * Makes an id of its bits.
   *
   * @param bits exactly 16 bytes
   */
  public static RowId of(byte[] bits) {
    return new RowId("s" + Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
  }

  /** Reads an id that a stranger sent; empty if it cannot be one. */
  public static Optional<RowId> parse(String value) {
    return FORM.matcher(value).matches() ? Optional.of(new RowId(value)) : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
