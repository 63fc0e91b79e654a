package io.vestibule.local.forms;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/** What somebody may have meant. */
final class Near {

  /** Letters that may differ. */
  private static final int FURTHEST = 2;

  private Near() {}

  /** {@code ; did you mean "label"? Allowed are: "help", "label"}, or a part of that. */
  static String to(String typed, Collection<String> allowed) {
    String meant = meant(typed, allowed);
    if (allowed.isEmpty()) {
      return "";
    }
    return meant + (meant.isEmpty() ? "; allowed are: " : " Allowed are: ") + listed(allowed);
  }

  /** {@code ; did you mean "label"?}, or nothing. */
  static String meant(String typed, Collection<String> known) {
    return known.stream()
        .filter(it -> distance(typed, it) <= FURTHEST)
        .min(Comparator.comparingInt(it -> distance(typed, it)))
        .map("; did you mean \"%s\"?"::formatted)
        .orElse("");
  }

  static String listed(Collection<String> names) {
    return names.stream().map("\"%s\""::formatted).collect(Collectors.joining(", "));
  }

  /** Levenshtein's, blind to case. */
  private static int distance(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int before = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = before + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        before = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
