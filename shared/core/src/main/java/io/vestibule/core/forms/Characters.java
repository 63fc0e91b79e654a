package io.vestibule.core.forms;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;

/**
 * Which characters a text may have: those that mail headers, UTF-8 and people can cope with.
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

  /** Joiners alone join nothing. */
  private static final Pattern NOTHING = Pattern.compile("[\\u200C\\u200D\\s]*");

  private Characters() {}

  /** Whether every character may be in a text of one line, or of several. */
  static boolean areFit(String text, boolean lines) {
    return text.codePoints().noneMatch(character -> isUnfit(character, lines));
  }

  /** The values without hidden characters; one of which nothing is left was not filled in. */
  static ObjectNode visible(ObjectNode fields) {
    var visible = fields.objectNode();
    fields.forEachEntry(
        (name, value) -> {
          if (!value.isTextual()) {
            visible.set(name, value);
          } else if (!visible(value.textValue()).isEmpty()) {
            visible.put(name, visible(value.textValue()));
          }
        });
    return visible;
  }

  private static String visible(String text) {
    String visible = HIDDEN.matcher(text).replaceAll("$1").strip();
    return NOTHING.matcher(visible).matches() ? "" : visible;
  }

  /** The text as it can be shown to whoever sent it, in an answer that must be valid UTF-8. */
  static String printable(String text) {
    return text.codePoints()
        .map(character -> isUnfit(character, true) ? '\uFFFD' : character)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
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
