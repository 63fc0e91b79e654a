package io.vestibule.backup.drill;

import io.vestibule.backup.Kind;
import io.vestibule.backup.restore.NewTables;
import io.vestibule.backup.restore.Target;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.Select;

/**
 * A table that a drill restores into. It has one name, and is there between drills only after
 * something went wrong.
 *
 * @param kind what is restored into it
 */
record ScratchTable(DynamoDbClient dynamoDb, NewTables newTables, Kind kind, String name) {

  boolean isThere() {
    return newTables.isThere(name);
  }

  Target create() {
    return newTables.create(name, kind);
  }

  /** Drops it, if it is there. */
  void drop() {
    newTables.drop(name);
  }

  /** How many rows are in it. */
  long count() {
    return dynamoDb
        .scanPaginator(scan -> scan.tableName(name).select(Select.COUNT).consistentRead(true))
        .stream()
        .mapToLong(page -> page.count())
        .sum();
  }
}
