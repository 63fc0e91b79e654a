package io.vestibule.backup.restore;

import io.vestibule.backup.CustomerId;
import io.vestibule.backup.Parallel;
import io.vestibule.core.Pause;
import io.vestibule.store.BatchRead;
import io.vestibule.store.people.Entries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Where the rows of a table are restored to: each is about a customer. */
public sealed interface Target {

  /** The columns of all tables' keys. */
  Set<String> KEYS = Set.of("customerId", "entryId");

  /** As many as DynamoDB takes in one batch. */
  int BATCH = 25;

  /**
   * Writes rows, {@link #BATCH} at most.
   *
   * @return how many of them were not there already
   */
  int write(List<Map<String, AttributeValue>> rows);

  /**
   * Takes a customer out.
   *
   * @return how many rows there were
   */
  int delete(String customerId);

  /** How many rows of these keys are there already, as far as a restore cares. */
  int count(List<Map<String, AttributeValue>> keys);

  /** Who of these customers is there already, as far as a restore cares. */
  Set<String> present(Set<String> customers);

  /** A table that only restores write to: what is in it is as in the backup, so it is put again. */
  record NewTable(DynamoDbClient dynamoDb, String table) implements Target {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    @Override
    public int write(List<Map<String, AttributeValue>> rows) {
      List<WriteRequest> owed =
          rows.stream()
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
          return rows.size();
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
    public int delete(String customerId) {
      return Target.delete(dynamoDb, table, customerId);
    }

    /** What is there is written again. */
    @Override
    public int count(List<Map<String, AttributeValue>> keys) {
      return 0;
    }

    @Override
    public Set<String> present(Set<String> customers) {
      return Set.of();
    }
  }

  /** The live table: only what is missing is added. */
  record LiveTable(DynamoDbClient dynamoDb, String table) implements Target {

    @Override
    public int write(List<Map<String, AttributeValue>> rows) {
      var live = new LiveRows(dynamoDb, table);
      int written = 0;
      for (Map<String, AttributeValue> row : rows) {
        written += live.add(row) ? 1 : 0;
      }
      return written;
    }

    @Override
    public int delete(String customerId) {
      return Target.delete(dynamoDb, table, customerId);
    }

    @Override
    public int count(List<Map<String, AttributeValue>> keys) {
      return present(keys.stream().map(CustomerId::of).collect(Collectors.toSet())).size();
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

  /**
   * Entries: a customer may have many, or none.
   *
   * @param table that they are written to
   * @param entries the same table
   */
  record OfEntries(Target table, Entries entries) implements Target {

    /** How many customers are looked for at a time. */
    private static final int WIDTH = 8;

    @Override
    public int write(List<Map<String, AttributeValue>> rows) {
      return table.write(rows);
    }

    @Override
    public int delete(String customerId) {
      int deleted = 0;
      var pages = entries.pages(customerId);
      while (pages.hasNext()) {
        for (Map<String, AttributeValue> key : pages.next()) {
          entries.delete(key);
          deleted += 1;
        }
      }
      return deleted;
    }

    @Override
    public int count(List<Map<String, AttributeValue>> keys) {
      Set<Map<String, AttributeValue>> there = Set.copyOf(there(customers(keys)));
      return (int) keys.stream().filter(there::contains).count();
    }

    @Override
    public Set<String> present(Set<String> customers) {
      return customers(there(customers));
    }

    private static Set<String> customers(List<Map<String, AttributeValue>> keys) {
      return keys.stream().map(CustomerId::of).collect(Collectors.toSet());
    }

    /** The keys of all entries of these customers: a call for each of them. */
    private List<Map<String, AttributeValue>> there(Set<String> customers) {
      if (table instanceof NewTable) {
        return List.of();
      }
      List<Callable<List<Map<String, AttributeValue>>>> looks =
          customers.stream()
              .<Callable<List<Map<String, AttributeValue>>>>map(it -> () -> keysOf(it))
              .toList();
      return Parallel.all(WIDTH, looks).stream().flatMap(List::stream).toList();
    }

    private List<Map<String, AttributeValue>> keysOf(String customerId) {
      List<Map<String, AttributeValue>> keys = new ArrayList<>();
      entries.pages(customerId).forEachRemaining(keys::addAll);
      return keys;
    }
  }

  private static int delete(DynamoDbClient dynamoDb, String table, String customerId) {
    return dynamoDb
            .deleteItem(
                delete ->
                    delete
                        .tableName(table)
                        .key(Map.of("customerId", AttributeValue.fromS(customerId)))
                        .returnValues(ReturnValue.ALL_OLD))
            .hasAttributes()
        ? 1
        : 0;
  }
}
