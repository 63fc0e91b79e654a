package io.vestibule.backup.drill;

import io.vestibule.backup.restore.NewTables;
import io.vestibule.backup.restore.Target;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.Select;

/**
 * The table that a drill restores into. It has one name, and is there between drills only after
 * something went wrong.
 */
record ScratchTable(DynamoDbClient dynamoDb, NewTables newTables, String name) {

  boolean isThere() {
    return newTables.isThere(name);
  }

  Target create() {
    return newTables.create(name);
  }

  /** Drops it, if it is there. */
  void drop() {
    newTables.drop(name);
  }

  /** How many customers are in it. */
  long count() {
    return dynamoDb
        .scanPaginator(scan -> scan.tableName(name).select(Select.COUNT).consistentRead(true))
        .stream()
        .mapToLong(page -> page.count())
        .sum();
  }
}
