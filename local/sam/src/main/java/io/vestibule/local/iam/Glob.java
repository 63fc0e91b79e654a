package io.vestibule.local.iam;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** IAM's wildcards: {@code *} is any number of characters, {@code /} and {@code :} among them. */
final class Glob {

  /** Every call of AWS is compared with all of them, and there are as many as the policies have. */
  private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

  private static final Map<String, Pattern> PATTERNS_IGNORING_CASE = new ConcurrentHashMap<>();

  private Glob() {}

  static boolean matches(String pattern, String text) {
    return PATTERNS
        .computeIfAbsent(pattern, it -> compile(it, Pattern.DOTALL))
        .matcher(text)
        .matches();
  }

  static boolean matchesIgnoringCase(String pattern, String text) {
    return PATTERNS_IGNORING_CASE
        .computeIfAbsent(pattern, it -> compile(it, Pattern.DOTALL | Pattern.CASE_INSENSITIVE))
        .matcher(text)
        .matches();
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
