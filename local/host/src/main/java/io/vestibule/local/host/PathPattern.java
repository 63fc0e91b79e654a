package io.vestibule.local.host;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A route's path: segments, of which <code>{name}</code> takes any one and <code>{name+}</code> all
 * that are left; or {@code $default}, which takes every path.
 *
 * <p>The natural order has the most specific first, by the first segments that differ in kind.
 */
record PathPattern(String text) implements Comparable<PathPattern> {

  boolean isDefault() {
    return text.equals("$default");
  }

  /** The values of the path's variables, if it fits. */
  Optional<Map<String, String>> match(String path) {
    if (isDefault()) {
      return Optional.of(Map.of());
    }
    List<String> pattern = segments(text);
    List<String> given = segments(path);
    var values = new LinkedHashMap<String, String>();
    for (int i = 0; i < pattern.size(); i++) {
      String segment = pattern.get(i);
      if (i >= given.size() || (isVariable(segment) && given.get(i).isEmpty())) {
        return Optional.empty();
      }
      if (isGreedy(segment)) {
        values.put(name(segment), String.join("/", given.subList(i, given.size())));
        return Optional.of(values);
      }
      if (isVariable(segment)) {
        values.put(name(segment), given.get(i));
      } else if (!segment.equals(given.get(i))) {
        return Optional.empty();
      }
    }
    return given.size() == pattern.size() ? Optional.of(values) : Optional.empty();
  }

  @Override
  public int compareTo(PathPattern other) {
    return order().compareTo(other.order());
  }

  /** One digit for each segment: the smaller, the more specific. */
  private String order() {
    if (isDefault()) {
      return "9";
    }
    var order = new StringBuilder();
    for (String segment : segments(text)) {
      order.append(isGreedy(segment) ? 2 : isVariable(segment) ? 1 : 0);
    }
    return order.toString();
  }

  private static List<String> segments(String path) {
    return List.of(path.substring(path.startsWith("/") ? 1 : 0).split("/", -1));
  }

  private static boolean isVariable(String segment) {
    return segment.startsWith("{") && segment.endsWith("}");
  }

  private static boolean isGreedy(String segment) {
    return segment.endsWith("+}");
  }

  private static String name(String segment) {
    return segment.substring(1, segment.length() - (isGreedy(segment) ? 2 : 1));
  }
}
