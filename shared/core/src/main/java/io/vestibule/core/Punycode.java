package io.vestibule.core;

import java.util.Arrays;
import java.util.Optional;

/**
 * Spells labels of domains in ASCII, and tells whether one that begins with {@code xn--} spells
 * anything. The JDK's IDN does not: it hands back what it cannot decode, and knows the characters
 * of 2002.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3492">RFC 3492, Punycode</a>
 */
final class Punycode {

  static final String PREFIX = "xn--";
  private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int BASE = 36;
  private static final int T_MIN = 1;
  private static final int T_MAX = 26;
  private static final int SKEW = 38;
  private static final int DAMP = 700;
  private static final int FIRST_BIAS = 72;
  private static final int FIRST_CODE_POINT = 128;

  private Punycode() {}

  /** Whether a label in ASCII and in lower case may stand in a domain. */
  static boolean isFit(String label) {
    return !label.startsWith(PREFIX)
        || decode(label.substring(PREFIX.length())).filter(Punycode::isLabel).isPresent();
  }

  private static boolean isLabel(String decoded) {
    return !decoded.chars().allMatch(character -> character < FIRST_CODE_POINT)
        && decoded.codePoints().allMatch(Punycode::isFit);
  }

  /** Joiners belong to some scripts; other characters that nobody sees belong to no domain. */
  private static boolean isFit(int character) {
    return switch (Character.getType(character)) {
      case Character.FORMAT -> character == 0x200C || character == 0x200D;
      case Character.CONTROL,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /** The encoding procedure of section 6.3, of a label whose letters are in lower case. */
  static String encode(String label) {
    int[] input = label.codePoints().toArray();
    var output = new StringBuilder();
    label.chars().filter(it -> it < FIRST_CODE_POINT).forEach(it -> output.append((char) it));
    int basic = output.length();
    if (basic > 0) {
      output.append('-');
    }
    int handled = basic;
    int codePoint = FIRST_CODE_POINT;
    int delta = 0;
    int bias = FIRST_BIAS;
    while (handled < input.length) {
      int after = codePoint;
      int next = Arrays.stream(input).filter(it -> it >= after).min().orElseThrow();
      delta += (next - codePoint) * (handled + 1);
      codePoint = next;
      for (int each : input) {
        if (each < codePoint) {
          delta++;
        } else if (each == codePoint) {
          append(output, delta, bias);
          bias = bias(delta, handled + 1, handled == basic);
          delta = 0;
          handled++;
        }
      }
      delta++;
      codePoint++;
    }
    return output.toString();
  }

  private static void append(StringBuilder output, int delta, int bias) {
    int rest = delta;
    for (int k = BASE; ; k += BASE) {
      int threshold = Math.clamp(k - bias, T_MIN, T_MAX);
      if (rest < threshold) {
        output.append(DIGITS.charAt(rest));
        return;
      }
      int digit = threshold + (rest - threshold) % (BASE - threshold);
      output.append(DIGITS.charAt(digit));
      rest = (rest - threshold) / (BASE - threshold);
    }
  }

  /** The decoding procedure of section 6.2; a label has 63 characters at most. */
  private static Optional<String> decode(String encoded) {
    int delimiter = encoded.lastIndexOf('-');
    var output = new StringBuilder(encoded.substring(0, Math.max(delimiter, 0)));
    int length = output.length();
    int next = delimiter + 1;
    long codePoint = FIRST_CODE_POINT;
    long index = 0;
    int bias = FIRST_BIAS;
    while (next < encoded.length()) {
      long before = index;
      long weight = 1;
      for (int k = BASE; ; k += BASE) {
        int digit = next < encoded.length() ? digit(encoded.charAt(next++)) : BASE;
        if (digit == BASE) {
          return Optional.empty();
        }
        index += digit * weight;
        int threshold = Math.clamp(k - bias, T_MIN, T_MAX);
        if (digit < threshold) {
          break;
        }
        weight *= BASE - threshold;
        if (index > Integer.MAX_VALUE || weight > Integer.MAX_VALUE) {
          return Optional.empty();
        }
      }
      length++;
      bias = bias(index - before, length, before == 0);
      codePoint += index / length;
      index %= length;
      if (codePoint > Character.MAX_CODE_POINT) {
        return Optional.empty();
      }
      int at = output.offsetByCodePoints(0, (int) index);
      output.insert(at, Character.toString((int) codePoint));
      index++;
    }
    return Optional.of(output.toString());
  }

  private static int digit(char character) {
    if (character >= 'a' && character <= 'z') {
      return character - 'a';
    }
    return character >= '0' && character <= '9' ? character - '0' + 26 : BASE;
  }

  private static int bias(long delta, int length, boolean isFirst) {
    long rest = isFirst ? delta / DAMP : delta / 2;
    rest += rest / length;
    int k = 0;
    while (rest > (BASE - T_MIN) * T_MAX / 2) {
      rest /= BASE - T_MIN;
      k += BASE;
    }
    return k + (int) ((BASE - T_MIN + 1) * rest / (rest + SKEW));
  }
}
