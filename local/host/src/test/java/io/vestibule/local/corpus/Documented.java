package io.vestibule.local.corpus;

import java.text.Normalizer;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What docs/forms.md says of a text, told a second time and in another way, so that samples know
 * what must be kept of them.
 */
final class Documented {

  /** Characters of Cf that are seen: joiners, and signs that stand before numbers. */
  private static final String SEEN = "\u200C\u200D\u0600\u0601\u0602\u0603\u0604\u0605\u06DD";

  private static final String LETTERS_OF_NOTHING =
      "\u200C\u200D\u034F\u115F\u1160\u17B4\u17B5\u180B\u180C\u180D\u2800\u3164\uFE0E\uFE0F\uFFA0";

  private Documented() {}

  /**
   * A text as it must be kept; empty if it must be refused, and {@code ""} if it counts as not
   * sent.
   */
  static Optional<String> text(String typed, boolean lines, int longest) {
    var kept = new StringBuilder();
    var text = Normalizer.normalize(typed, Normalizer.Form.NFC).replaceAll("\r\n?", "\n");
    boolean isFit = true;
    for (int character : trim(text).codePoints().toArray()) {
      switch (Character.getType(character)) {
        case Character.FORMAT -> {
          if (SEEN.indexOf(character) >= 0 || Texts.isOfAFlag(character)) {
            kept.appendCodePoint(character);
          }
        }
        case Character.CONTROL -> {
          switch (character) {
            case '\t' -> kept.append('\t');
            case 0x0B, '\f' -> kept.append(lines ? '\n' : ' ');
            case '\n' -> {
              kept.append('\n');
              isFit &= lines;
            }
            default -> isFit = false;
          }
        }
        case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
            kept.append(lines ? '\n' : ' ');
        case Character.SURROGATE -> isFit = false;
        default -> kept.appendCodePoint(character);
      }
    }
    var value = trim(kept.toString());
    if (value.codePoints().allMatch(it -> LETTERS_OF_NOTHING.indexOf(it) >= 0 || isSpace(it))) {
      return isFit ? Optional.of("") : Optional.empty();
    }
    return Optional.of(value).filter(fit(isFit, longest));
  }

  private static Predicate<String> fit(boolean isFit, int longest) {
    return value -> isFit && value.codePointCount(0, value.length()) <= longest;
  }

  private static String trim(String text) {
    var all = text.codePoints().toArray();
    int start = 0;
    int end = all.length;
    while (start < end && isSpace(all[start])) {
      start++;
    }
    while (end > start && isSpace(all[end - 1])) {
      end--;
    }
    return new String(all, start, end - start);
  }

  /** Unicode's White_Space. */
  private static boolean isSpace(int character) {
    return Character.isSpaceChar(character)
        || (character >= '\t' && character <= '\r')
        || character == 0x85;
  }
}
