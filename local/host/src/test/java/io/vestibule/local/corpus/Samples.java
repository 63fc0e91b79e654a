package io.vestibule.local.corpus;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes samples of values that somebody typed. */
final class Samples {

  private static final Set<String> REQUIRED = Set.of("name", "message");
  private static final int LINE = 100;
  private static final int MESSAGE = 5_000;

  private Samples() {}

  /** Values posted in any way, with what the documents say of each. */
  static Sample of(Dice dice, Map<String, String> typed) {
    return of(Body.of(dice, typed), typed);
  }

  /** The same in a body that carries these values. */
  static Sample of(Body body, Map<String, String> typed) {
    var kept = new TreeMap<>(Map.of("email", typed.getOrDefault("email", "")));
    var refused = new TreeSet<String>();
    for (String name : List.of("name", "company", "phone", "message")) {
      boolean lines = name.equals("message");
      var value =
          Documented.text(typed.getOrDefault(name, ""), lines, lines ? MESSAGE : LINE)
              .filter(it -> !name.equals("phone") || it.isEmpty() || hasDigit(it));
      if (value.isEmpty() || (value.get().isEmpty() && REQUIRED.contains(name))) {
        refused.add(name);
      } else if (!value.get().isEmpty()) {
        kept.put(name, value.get());
      }
    }
    return refused.isEmpty()
        ? Sample.kept(kept, body)
        : Sample.refused(body, refused.toArray(String[]::new));
  }

  private static boolean hasDigit(String phone) {
    return phone.codePoints().anyMatch(Character::isDigit);
  }
}
