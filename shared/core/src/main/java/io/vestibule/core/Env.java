package io.vestibule.core;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The environment variables that a function is configured by.
 *
 * <p>A function reads its whole configuration once, at start-up, in one {@link #read}: a deployment
 * that forgot something fails there, and names everything it forgot, not only the first.
 */
public final class Env {

  private final Map<String, String> variables;

  private Env(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /** The variables of this process: what Lambda sets from the template. */
  public static Env ofProcess() {
    return new Env(System.getenv());
  }

  /** Variables given by the caller, for runs of several functions in one process. */
  public static Env of(Map<String, String> variables) {
    return new Env(variables);
  }

  /** The same, but for some variables. */
  public Env with(Map<String, String> others) {
    var all = new HashMap<>(variables);
    all.putAll(others);
    return new Env(all);
  }

  /**
   * Builds a configuration from the variables.
   *
   * @param configuration asks the {@link Reader} for each variable it needs; values it gets for
   *     missing variables are placeholders, and what it builds from them is thrown away
   * @throws MissingConfiguration naming every variable that is absent, empty or unreadable
   */
  public <T> T read(Function<Reader, T> configuration) {
    var reader = new Reader();
    T result = configuration.apply(reader);
    if (!reader.faults.isEmpty()) {
      throw new MissingConfiguration(reader.faults);
    }
    return result;
  }

  /** Hands out variables and remembers the ones that were not there. */
  public final class Reader {

    private final SortedSet<String> faults = new TreeSet<>();

    /** A variable that must be there and not be empty. */
    public String text(String name) {
      return optional(name).orElseGet(() -> fault(name, ""));
    }

    /** A variable that may be absent; empty counts as absent. */
    public Optional<String> optional(String name) {
      return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }

    /** A whole number of at least one. */
    public int count(String name) {
      return atLeast(1, name);
    }

    /** A whole number, where none at all says something too. */
    public int zeroOrMore(String name) {
      return atLeast(0, name);
    }

    private int atLeast(int least, String name) {
      String fault = "%s (not a whole number of at least %d)".formatted(name, least);
      try {
        int value = Integer.parseInt(text(name));
        return value >= least ? value : fault(fault, least);
      } catch (NumberFormatException e) {
        return fault(fault, least);
      }
    }

    /** The name of one of several constants. */
    public <E extends Enum<E>> E oneOf(String name, Class<E> constants) {
      E[] all = constants.getEnumConstants();
      String value = text(name);
      for (E constant : all) {
        if (constant.name().equals(value)) {
          return constant;
        }
      }
      return fault(name + " (none of " + Arrays.toString(all) + ")", all[0]);
    }

    private <T> T fault(String description, T placeholder) {
      faults.add(description);
      return placeholder;
    }
  }

  /** The function was deployed without variables that it needs; the message names all of them. */
  public static final class MissingConfiguration extends RuntimeException {
    MissingConfiguration(SortedSet<String> faults) {
      super("Missing or unreadable environment variables: " + String.join(", ", faults));
    }
  }
}
