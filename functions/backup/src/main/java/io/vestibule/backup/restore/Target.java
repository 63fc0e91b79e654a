package io.vestibule.backup.restore;

import io.vestibule.backup.CustomerId;
import io.vestibule.core.Pause;
import io.vestibule.store.BatchRead;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Where customers are restored to. */
public sealed interface Target {

  /** As many as DynamoDB takes in one batch. */
  int BATCH = 25;

  /**
   * Writes customers, {@link #BATCH} at most.
   *
   * @return how many of them were not there already
   */
  int write(List<Map<String, AttributeValue>> customers);

  /**
   * Takes a customer out.
   *
   * @return whether there was one
   */
  boolean delete(String customerId);

  /** Who of these customers is there already, as far as a restore cares. */
  Set<String> present(Set<String> customers);

  /** A table that only restores write to: what is in it is as in the backup, so it is put again. */
  record NewTable(DynamoDbClient dynamoDb, String table) implements Target {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    @Override
    public int write(List<Map<String, AttributeValue>> customers) {
      List<WriteRequest> owed =
          customers.stream()
              .map(item -> WriteRequest.builder().putRequest(put -> put.item(item)).build())
              .toList();
      Duration pause = FIRST_PAUSE;
      while (true) {
        List<WriteRequest> batch = owed;
        owed =
            dynamoDb
                .batchWriteItem(write -> write.requestItems(Map.of(table, batch)))
                .unprocessedItems()
                .getOrDefault(table, List.of());
        if (owed.isEmpty()) {
          return customers.size();
        }
        pause = sleep(pause);
      }
    }

    /** DynamoDB is at its limit: twice as long each time. */
    private static Duration sleep(Duration pause) {
      Pause.REAL.rest(pause);
      Duration next = pause.multipliedBy(2);
      return next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
    }

    @Override
    public boolean delete(String customerId) {
      return Target.delete(dynamoDb, table, customerId);
    }

    /** Whoever is there is written again. */
    @Override
    public Set<String> present(Set<String> customers) {
      return Set.of();
    }
  }

  /** The live table: only what is missing is added. */
  record LiveTable(DynamoDbClient dynamoDb, String table) implements Target {

    @Override
    public int write(List<Map<String, AttributeValue>> customers) {
      var rows = new LiveRows(dynamoDb, table, "customerId");
      int written = 0;
      for (Map<String, AttributeValue> customer : customers) {
        written += rows.add(customer) ? 1 : 0;
      }
      return written;
    }

    @Override
    public boolean delete(String customerId) {
      return Target.delete(dynamoDb, table, customerId);
    }

    @Override
    public Set<String> present(Set<String> customers) {
      return new BatchRead(dynamoDb, table, "customerId", "#customerId")
          .consistently()
          .rows(customers.stream())
          .map(CustomerId::of)
          .collect(Collectors.toSet());
    }
  }

  private static boolean delete(DynamoDbClient dynamoDb, String table, String customerId) {
    return dynamoDb
        .deleteItem(
            delete ->
                delete
                    .tableName(table)
                    .key(Map.of("customerId", AttributeValue.fromS(customerId)))
                    .returnValues(ReturnValue.ALL_OLD))
        .hasAttributes();
  }
}
