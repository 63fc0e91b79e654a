package io.vestibule.core.forms;

/** Which characters a text may have: those that mail headers, UTF-8 and people can cope with. */
final class Characters {

  private Characters() {}

  /** Whether every character may be in a text of one line, or of several. */
  static boolean areFit(String text, boolean lines) {
    return text.codePoints().noneMatch(character -> isUnfit(character, lines));
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
