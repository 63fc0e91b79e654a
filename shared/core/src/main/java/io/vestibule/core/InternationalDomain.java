package io.vestibule.core;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Spells in ASCII the domains that the JDK's IDN cannot spell: it knows the letters of 2002, and
 * maps ß, ς and the joiners to other letters, so that the domain would be somebody else's.
 *
 * <p>This is UTS #46, non-transitional, for what a registry may give out: letters, digits and marks
 * of RFC 5892, as far as the running Java's Unicode has them. Symbols and emoji are no such
 * characters, and are refused.
 *
 * @see <a href="https://www.unicode.org/reports/tr46/">UTS #46</a>
 */
final class InternationalDomain {

  private static final int LONGEST_LABEL = 63;
  private static final int ASCII = 0x80;
  private static final int ZWNJ = 0x200C;
  private static final int ZWJ = 0x200D;

  /** They have capitals, but are not what those fold to. */
  private static final String UNFOLDED = "ßςı";

  /** Capital ß, and forms of ς that are no ς: which domain is meant depends on the browser. */
  private static final Pattern AMBIGUOUS =
      Pattern.compile("[\u1E9E\u03F2\\x{1D6D3}\\x{1D70D}\\x{1D747}\\x{1D781}\\x{1D7BB}]");

  /** What shows that two consonants are one (canonical combining class 9). */
  private static final Pattern VIRAMA =
      Pattern.compile(
          "[\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D3B\u0D3C\u0D4D\u0DCA\u0E3A\u0EBA"
              + "\u0F84\u1039\u103A\u1714\u1715\u1734\u17D2\u1A60\u1B44\u1BAA\u1BAB\u1BF2\u1BF3"
              + "\u2D7F\uA806\uA82C\uA8C4\uA953\uA9C0\uAAF6\uABED]");

  /**
   * Arabic letters that are not joined with the next one: a non-joiner behind them shows nothing.
   */
  private static final Pattern NOT_JOINING =
      Pattern.compile(
          "[\u0621-\u0625\u0627\u0629\u062F-\u0632\u0648\u0671-\u0675\u0676\u0677\u0688-\u0699"
              + "\u06C0\u06C3-\u06CB\u06CD\u06CF\u06D2\u06D3\u06D5\u06EE\u06EF]");

  /** Letters and marks that stand in no domain, although their kind does (RFC 5892, 2.6 to 2.8). */
  private static final Pattern EXCEPTED =
      Pattern.compile(
          "[\u0640\u07FA\u302E\u302F\u3031-\u3035\u303B\u034F\u115F\u1160\u17B4\u17B5"
              + "\u180B-\u180F\uFE00-\uFE0F\\x{E0100}-\\x{E01EF}]");

  private InternationalDomain() {}

  /**
   * The domain in ASCII and in lower case.
   *
   * @return empty if it has a label that is none
   */
  static Optional<String> toAscii(String domain) {
    var ascii = new StringBuilder();
    if (AMBIGUOUS.matcher(domain).find()) {
      return Optional.empty();
    }
    for (String label : mapped(domain).split("\\.", -1)) {
      if (!isLabel(label)) {
        return Optional.empty();
      }
      String spelled = isAscii(label) ? label : Punycode.PREFIX + Punycode.encode(label);
      if (spelled.length() > LONGEST_LABEL) {
        return Optional.empty();
      }
      ascii.append(ascii.isEmpty() ? "" : ".").append(spelled);
    }
    return Optional.of(ascii.toString());
  }

  private static String mapped(String domain) {
    var folded =
        compatible(domain)
            .codePoints()
            .mapToObj(InternationalDomain::fold)
            .collect(Collectors.joining());
    return compatible(folded).replace('\u3002', '.');
  }

  private static String compatible(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC);
  }

  /** Case folding, of single characters, as a sigma at the end has no other capital. */
  private static String fold(int character) {
    String text = Character.toString(character);
    if (UNFOLDED.indexOf(character) >= 0) {
      return text;
    }
    String capital = text.toUpperCase(Locale.ROOT);
    return isCherokee(character) ? capital : capital.toLowerCase(Locale.ROOT);
  }

  private static boolean isCherokee(int character) {
    return UnicodeScript.of(character) == UnicodeScript.CHEROKEE;
  }

  private static boolean isLabel(String label) {
    return !label.isEmpty()
        && label.codePointCount(0, label.length()) <= LONGEST_LABEL
        && !label.startsWith("-")
        && !label.endsWith("-")
        && (isAscii(label) || !label.startsWith("--", 2))
        && !isMark(label.codePointAt(0))
        && isSpelled(label.codePoints().toArray());
  }

  private static boolean isSpelled(int[] label) {
    for (int at = 0; at < label.length; at++) {
      boolean isFit =
          switch (label[at]) {
            case ZWJ -> isBehindVirama(label, at);
            case ZWNJ -> isBehindVirama(label, at) || isBetweenJoining(label, at);
            default -> isFit(label[at]);
          };
      if (!isFit) {
        return false;
      }
    }
    return true;
  }

  private static boolean isFit(int character) {
    return switch (Character.getType(character)) {
      case Character.LOWERCASE_LETTER,
          Character.OTHER_LETTER,
          Character.MODIFIER_LETTER,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK ->
          !is(EXCEPTED, character);
      case Character.UPPERCASE_LETTER -> isCherokee(character);
      default -> character == '-';
    };
  }

  private static boolean isMark(int character) {
    return switch (Character.getType(character)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      default -> false;
    };
  }

  /** RFC 5892, appendix A.1 and A.2. */
  private static boolean isBehindVirama(int[] label, int at) {
    return at > 0 && is(VIRAMA, label[at - 1]);
  }

  /** RFC 5892, appendix A.1, for the one script in which the non-joiner is used so. */
  private static boolean isBetweenJoining(int[] label, int at) {
    int before = at - 1;
    while (before > 0 && isMark(label[before])) {
      before--;
    }
    int behind = at + 1;
    while (behind < label.length && isMark(label[behind])) {
      behind++;
    }
    return before >= 0
        && behind < label.length
        && isArabicLetter(label[before])
        && !is(NOT_JOINING, label[before])
        && isArabicLetter(label[behind]);
  }

  private static boolean isArabicLetter(int character) {
    return UnicodeScript.of(character) == UnicodeScript.ARABIC && Character.isLetter(character);
  }

  private static boolean is(Pattern kind, int character) {
    return kind.matcher(Character.toString(character)).matches();
  }

  private static boolean isAscii(String label) {
    return label.chars().allMatch(character -> character < ASCII);
  }
}
