package io.vestibule.backup;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a function of this module is asked for: a JSON object with a handful of known names. */
public final class Event {

  private final Map<String, Object> values;

  /**
   * Takes an event.
   *
   * @throws IllegalArgumentException if it holds anything else: a mistyped order is not carried out
   */
  public Event(Map<String, Object> values, String... known) {
    if (!Set.of(known).containsAll(values.keySet())) {
      throw new IllegalArgumentException(
          "The event may have %s and nothing else".formatted(String.join(", ", known)));
    }
    this.values = values;
  }

  public Optional<String> text(String name) {
    return value(name, String.class);
  }

  public boolean flag(String name) {
    return value(name, Boolean.class).orElse(false);
  }

  /** A list of texts; empty if there is none. */
  public Set<String> texts(String name) {
    List<?> all = value(name, List.class).orElse(List.of());
    if (!all.stream().allMatch(String.class::isInstance)) {
      throw new IllegalArgumentException(name + " is not a list of texts");
    }
    return all.stream().map(String.class::cast).collect(Collectors.toUnmodifiableSet());
  }

  public Optional<Integer> number(String name) {
    return value(name, Integer.class);
  }

  private <T> Optional<T> value(String name, Class<T> type) {
    Object value = values.get(name);
    if (value != null && !type.isInstance(value)) {
      throw new IllegalArgumentException(
          "%s is not a %s".formatted(name, type.getSimpleName().toLowerCase(Locale.ROOT)));
    }
    return Optional.ofNullable(value).map(type::cast);
  }
}
