package io.vestibule.core.forms;

import java.util.regex.Pattern;

/**
 * Which characters a text may have: those that mail headers, UTF-8 and people can cope with.
 *
 * <p>Vertical tabs, form feeds and Unicode's own separators of lines and paragraphs are line
 * breaks: word processors write them so. In a text of one line they are spaces, as nobody could see
 * what is wrong with it.
 *
 * <p>Characters that nobody sees are taken out (Unicode's category Cf): they turn the direction of
 * what follows, or hide text from people that programs read. Nobody types them, but they come along
 * with what is copied, so nobody is refused for them. What stays is seen: the joiners U+200C and
 * U+200D, which belong to names in Persian and in Indian scripts and to emoji; signs that stand
 * before numbers; and the tags within the flag of a region, such as Scotland's.
 */
final class Characters {

  private static final Pattern HIDDEN =
      Pattern.compile(
          "(\\x{1F3F4}[\\x{E0030}-\\x{E0039}\\x{E0061}-\\x{E007A}]{3,6}\\x{E007F})"
              + "|[\\p{Cf}&&[^\\u200C\\u200D\\u0600-\\u0605\\u06DD\\u070F\\u0890\\u0891\\u08E2"
              + "\\x{110BD}\\x{110CD}]]");

  /**
   * Joiners alone join nothing, and other characters are to be ignored alone, too (Unicode's
   * Default_Ignorable_Code_Point, which Java does not know), or are blank.
   */
  private static final Pattern NOTHING =
      Pattern.compile(
          "[\\p{IsWhite_Space}\\u200C\\u200D\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u2065\\u2800"
              + "\\u3164\\uFE00-\\uFE0F\\uFFA0\\uFFF0-\\uFFF8\\x{E0000}-\\x{E0FFF}]*+");

  private static final Pattern OTHER_LINE_BREAK = Pattern.compile("[\\x0B\\f\\u2028\\u2029]");

  private Characters() {}

  /** Whether every character may be in a text of one line, or of several. */
  static boolean areFit(String text, boolean lines) {
    return text.codePoints().noneMatch(character -> isUnfit(character, lines));
  }

  /**
   * A text without what nobody sees, and without white space around it; empty if nothing is left.
   *
   * @param lines whether it may have several lines
   */
  static String visible(String text, boolean lines) {
    String broken = OTHER_LINE_BREAK.matcher(text).replaceAll(lines ? "\n" : " ");
    String visible = strip(HIDDEN.matcher(broken).replaceAll("$1"));
    return NOTHING.matcher(visible).matches() ? "" : visible;
  }

  /** Unlike Java's, Unicode's white space has spaces at which no line is broken. */
  private static String strip(String text) {
    int end = text.length();
    while (end > 0 && isSpace(text.charAt(end - 1))) {
      end--;
    }
    int start = 0;
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    return text.substring(start, end);
  }

  private static boolean isSpace(char character) {
    return Character.isWhitespace(character)
        || Character.isSpaceChar(character)
        || character == '\u0085';
  }

  /** The text as it can be shown to whoever sent it, in an answer that must be valid UTF-8. */
  static String printable(String text) {
    return text.codePoints()
        .map(Characters::printable)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static int printable(int character) {
    return switch (character) {
      case '\u000B', '\f' -> '\n';
      default -> isUnfit(character, true) ? '\uFFFD' : character;
    };
  }

  /** Controls, and halves of surrogate pairs, which UTF-8 cannot express. */
  private static boolean isUnfit(int character, boolean lines) {
    return switch (Character.getType(character)) {
      case Character.SURROGATE -> true;
      case Character.CONTROL -> character != '\t' && !(lines && character == '\n');
      default -> false;
    };
  }
}
