package io.vestibule.core.forms;

import static java.util.stream.Collectors.joining;

import io.vestibule.core.wording.Localised;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a form may say in words of its own: one line each, with placeholders for what is ours. None
 * of them stands for what a visitor typed, so no text can carry that into a mail.
 */
final class OwnWords {

  private static final Pattern BREAK = Pattern.compile("\\R|\\p{Cntrl}");
  private static final Pattern BRACES = Pattern.compile("\\{[^{}]*}|[{}]");

  private static final List<String> ALWAYS = List.of("{business}", "{form}");
  private static final List<String> NUMBERED = List.of("{business}", "{form}", "{number}");

  /** What is longer is cut off by programs that list mails. */
  private static final int LONGEST_SUBJECT = 120;

  private static final int LONGEST_BUTTON = 40;
  private static final int LONGEST = 500;

  private OwnWords() {}

  /**
   * Checks all texts.
   *
   * @throws IllegalArgumentException one is none; the message says where, and what is allowed
   */
  static void check(Form.Texts texts) {
    check("subject", texts.subject(), NUMBERED, LONGEST_SUBJECT);
    check("thanks", texts.thanks(), NUMBERED, LONGEST);
    check("confirm", texts.confirm(), NUMBERED, LONGEST);
    check("note", texts.note(), ALWAYS, LONGEST);
    check("send", texts.send(), List.of(), LONGEST_BUTTON);
  }

  private static void check(
      String name, @Nullable Localised text, List<String> placeholders, int longest) {
    if (text != null) {
      text.texts()
          .forEach(
              (language, words) ->
                  check("texts.%s.%s".formatted(name, language), words, placeholders, longest));
    }
  }

  private static void check(String place, String words, List<String> placeholders, int longest) {
    Require.that(!words.isBlank(), "%s is empty: leave it out".formatted(place));
    Require.that(
        !BREAK.matcher(words).find(),
        "%s has a line break, or another control character: it must be one line".formatted(place));
    Require.that(
        words.codePointCount(0, words.length()) <= longest,
        "%s has more than %d characters".formatted(place, longest));
    var allowed =
        placeholders.isEmpty()
            ? "no braces are allowed there"
            : placeholders.stream().collect(joining(", ", "allowed are ", " and no other braces"));
    BRACES
        .matcher(words)
        .results()
        .map(found -> found.group())
        .filter(found -> !placeholders.contains(found))
        .findFirst()
        .ifPresent(
            found -> {
              throw new IllegalArgumentException("%s has %s: %s".formatted(place, found, allowed));
            });
  }
}
