package io.vestibule.core;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The number of a submission or a request: {@code s} or {@code r} and 128 bits in URL-safe base64,
 * 23 characters. The bits are random, or a keyed hash of something that may be sent more than once.
 *
 * <p>It is public: it stands in links and answers, and is the correlation id of everything that is
 * logged about its row. It tells nothing and opens nothing.
 */
public record RowId(String value) {

  private static final Pattern FORM = Pattern.compile("[sr][A-Za-z0-9_-]{22}");
  private static final int BYTES = 16;

  public RowId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not the id of a submission or a request");
    }
  }

  public static RowId random(Destination destination, SecureRandom random) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return of(destination, bytes);
  }

  /**
   * Makes an id of its bits.
   *
   * @param bits exactly 16 bytes
   */
  public static RowId of(Destination destination, byte[] bits) {
    var text = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    return new RowId(destination.initial() + text);
  }

  /** Reads an id that a stranger sent; empty if it cannot be one. */
  public static Optional<RowId> parse(String value) {
    return FORM.matcher(value).matches() ? Optional.of(new RowId(value)) : Optional.empty();
  }

  /** Which of the two it is of, and so in which table its row is. */
  public Destination destination() {
    return value.charAt(0) == Destination.DELETION.initial()
        ? Destination.DELETION
        : Destination.STORAGE;
  }

  @Override
  public String toString() {
    return value;
  }
}
