package io.vestibule.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;

/**
 * What a person calls their entry by, on the telephone too: {@code V-7K2M9Q}. It is made of the
 * submission's id alone, so that a retry says the same. It is 30 bits of SHA-256 of {@code
 * number|<id>} in Crockford's base32, which has none of the letters I, L, O and U. It is not
 * unique: of 10,000 entries, some two share one with a likelihood of 5 per cent. It opens nothing.
 */
public record EntryNumber(String value) {

  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int LENGTH = 6;
  private static final int BITS = 5;

  /** What the sender of a row is told; empty for a request, which becomes no entry. */
  public static Optional<EntryNumber> told(RowId id) {
    return id.destination() == Destination.STORAGE ? Optional.of(of(id)) : Optional.empty();
  }

  public static EntryNumber of(RowId submission) {
    byte[] hash = Sha256.of(("number|" + submission.value()).getBytes(UTF_8));
    long bits = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      bits = bits << Byte.SIZE | Byte.toUnsignedInt(hash[i]);
    }
    var number = new StringBuilder("V-");
    for (int i = 1; i <= LENGTH; i++) {
      number.append(DIGITS.charAt((int) (bits >>> (Integer.SIZE - i * BITS)) & 31));
    }
    return new EntryNumber(number.toString());
  }

  @Override
  public String toString() {
    return value;
  }
}
