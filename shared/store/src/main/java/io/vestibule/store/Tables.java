package io.vestibule.store;

import io.vestibule.core.Env;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The names of the tables that a function was given, each bound to what the table holds: no
 * function passes names on by their places in a list, where two could change places unseen.
 */
public final class Tables {

  private final Map<Table, String> names;

  private Tables(Map<Table, String> names) {
    this.names = names;
  }

  /** Reads the names, as part of what a function reads at once. */
  public static Tables read(Env.Reader from, Table... tables) {
    var names = new EnumMap<Table, String>(Table.class);
    for (Table table : tables) {
      names.put(table, from.text(table.variable()));
    }
    return new Tables(names);
  }

  /** The name of a table that is there only in some installations; empty in the others. */
  public static Optional<String> readOptional(Env.Reader from, Table table) {
    return from.optional(table.variable());
  }

  /**
   * What a table is called in this installation.
   *
   * @throws IllegalArgumentException if the function did not read that table's name
   */
  public String name(Table table) {
    String name = names.get(table);
    if (name == null) {
      throw new IllegalArgumentException(table.variable() + " was not read");
    }
    return name;
  }
}
