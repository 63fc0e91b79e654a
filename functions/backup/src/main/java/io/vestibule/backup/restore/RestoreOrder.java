package io.vestibule.backup.restore;

import io.vestibule.backup.Event;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a person orders to be restored. */
sealed interface RestoreOrder {

  /** So that no slip, and no grant, reaches a table that is in use. */
  Pattern NEW_TABLE = Pattern.compile("(?=.*restore)[\\w.-]{3,200}");

  /**
   * The customers of a backup, and their entries.
   *
   * @param backup its id; empty for the newest
   * @param into the name of a new table for the customers; empty for the live ones
   * @param overrule numbers about which invalid entries of the ledger count as nothing
   */
  record Customers(
      Optional<String> backup, Optional<String> into, boolean dryRun, Set<String> overrule)
      implements RestoreOrder {

    /** The name of the new table for the entries, beside that of the customers. */
    Optional<String> intoEntries() {
      return into.map(name -> name + "-entries");
    }

    @Override
    public RestoreOrder behind(String prefix) {
      return new Customers(
          backup, into.map(name -> RestoreOrder.behind(prefix, name)), dryRun, overrule);
    }
  }

  /**
   * The identities in a table that DynamoDB recovered.
   *
   * @param overrule numbers about which invalid entries of the ledger count as nothing
   */
  record Identities(String from, Set<String> overrule) implements RestoreOrder {

    @Override
    public RestoreOrder behind(String prefix) {
      return new Identities(RestoreOrder.behind(prefix, from), overrule);
    }
  }

  /**
   * The same order with the name of its table behind the prefix that the role reaches. Whoever
   * typed the whole name means the same.
   */
  RestoreOrder behind(String prefix);

  private static String behind(String prefix, String name) {
    return name.startsWith(prefix) ? name : prefix + name;
  }

  /**
   * Reads an event.
   *
   * @throws IllegalArgumentException if it is no such order: a mistyped one is not carried out
   */
  static RestoreOrder read(Map<String, Object> values) {
    var event = new Event(values, "backup", "into", "dryRun", "table", "from", "overrule");
    var table = event.text("table");
    return table.isPresent() ? identities(table.get(), event) : customers(event);
  }

  private static Customers customers(Event event) {
    var into = event.text("into").orElse("");
    boolean isLive = into.equals("live");
    if (!isLive && !NEW_TABLE.matcher(into).matches()) {
      throw new IllegalArgumentException(
          "A backup is restored into \"live\", or a new table whose name must contain \"restore\"");
    }
    return new Customers(
        event.text("backup").filter(id -> !id.equals("latest")),
        Optional.of(into).filter(_ -> !isLive),
        event.flag("dryRun"),
        event.texts("overrule"));
  }

  private static Identities identities(String table, Event event) {
    var from = event.text("from").orElse("");
    if (event.flag("dryRun")) {
      throw new IllegalArgumentException("There is no dry run for identities");
    }
    if (!table.equals("identities") || !NEW_TABLE.matcher(from).matches()) {
      throw new IllegalArgumentException(
          "Only identities are brought back from a table, and it has \"restore\" in its name");
    }
    return new Identities(from, event.texts("overrule"));
  }
}
