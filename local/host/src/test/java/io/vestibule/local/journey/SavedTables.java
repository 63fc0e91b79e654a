package io.vestibule.local.journey;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Tables as they were at one moment. The people of a class live through their presses once, and
 * before each test the tables are set back to what came of it.
 *
 * <p>Keys stay as they are, and so do mails, objects in buckets, logs and the time.
 */
final class SavedTables {

  private static final Set<String> OF_KEYS = Set.of("system-keys", "sealing-keys");

  /** The rows of a table by their keys. */
  private record Saved(
      String table,
      List<String> keyNames,
      Map<Map<String, AttributeValue>, Map<String, AttributeValue>> rows) {

    static Saved of(Tables tables, String table) {
      var keyNames = tables.keyNames(table);
      return new Saved(table, keyNames, rows(tables, table, keyNames));
    }

    private static Map<Map<String, AttributeValue>, Map<String, AttributeValue>> rows(
        Tables tables, String table, List<String> keyNames) {
      return tables.items(table).stream()
          .collect(Collectors.toMap(row -> Tables.key(keyNames, row), row -> row));
    }

    void setBack(Tables tables) {
      var now = rows(tables, table, keyNames);
      var newer = new HashMap<>(now);
      newer.keySet().removeAll(rows.keySet());
      var changed = new HashMap<>(rows);
      changed.entrySet().removeAll(now.entrySet());
      tables.write(
          table,
          Stream.concat(
                  newer.keySet().stream().map(Tables::deleting),
                  changed.values().stream().map(Tables::putting))
              .toList());
    }
  }

  private final Tables tables;
  private final List<Saved> all;
  private final Writes writes;

  /** After how many writes each was as it was saved. */
  private final Map<String, Long> asSaved = new HashMap<>();

  private SavedTables(Tables tables, Writes writes, List<Saved> all) {
    this.tables = tables;
    this.writes = writes;
    this.all = all;
    all.forEach(it -> asSaved.put(it.table(), writes.of(it.table())));
  }

  /** As they are once everything that was written so far has gone its way. */
  static SavedTables of(Tables tables) throws InterruptedException {
    tables.host().drain(Journey.LIMIT);
    var writes = Writes.at(tables.host());
    return new SavedTables(
        tables,
        writes,
        writes.tables().stream()
            .filter(name -> !OF_KEYS.contains(name))
            .map(name -> Saved.of(tables, name))
            .toList());
  }

  /** Waits first for what the test before has left on its way. */
  void setBack() throws InterruptedException {
    tables.host().drain(Journey.LIMIT);
    for (var saved : all) {
      if (!Objects.equals(asSaved.get(saved.table()), writes.of(saved.table()))) {
        saved.setBack(tables);
        asSaved.put(saved.table(), writes.of(saved.table()));
      }
    }
    tables.host().drain(Journey.LIMIT);
  }
}
