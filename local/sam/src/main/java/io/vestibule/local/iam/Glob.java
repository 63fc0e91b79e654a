package io.vestibule.local.iam;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** IAM's wildcards: {@code *} is any number of characters, {@code /} and {@code :} among them. */
final class Glob {

  private Glob() {}

  static boolean matches(String pattern, String text) {
    return compile(pattern, Pattern.DOTALL).matcher(text).matches();
  }

  static boolean matchesIgnoringCase(String pattern, String text) {
    return compile(pattern, Pattern.DOTALL | Pattern.CASE_INSENSITIVE).matcher(text).matches();
  }

  private static Pattern compile(String pattern, int flags) {
    String regex = pattern.chars().mapToObj(Glob::regex).collect(Collectors.joining());
    return Pattern.compile(regex, flags);
  }

  private static String regex(int character) {
    return switch (character) {
      case '*' -> ".*";
      case '?' -> ".";
      default -> Pattern.quote(Character.toString(character));
    };
  }
}
