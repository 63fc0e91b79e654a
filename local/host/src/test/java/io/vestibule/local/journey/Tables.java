package io.vestibule.local.journey;

import io.vestibule.local.host.LocalHost;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The tables, as an operator sees them. */
public final class Tables {

  /** As many as DynamoDB takes at once. */
  private static final int BATCH = 25;

  private final LocalHost host;
  private final Map<String, Seen> seen = new HashMap<>();
  private @Nullable Writes writes;

  /** What was in a table after so many writes. */
  private record Seen(long writes, String content) {}

  public Tables(LocalHost host) {
    this.host = host;
  }

  LocalHost host() {
    return host;
  }

  private DynamoDbClient dynamoDb() {
    return host.operator().dynamoDb();
  }

  public List<Map<String, AttributeValue>> items(String table) {
    return dynamoDb()
        .scanPaginator(scan -> scan.tableName(table).consistentRead(true))
        .items()
        .stream()
        .toList();
  }

  private static String tableOf(String id) {
    return id.startsWith("r") ? "requests" : "submissions";
  }

  /** The row of a submission or a request. */
  public Map<String, AttributeValue> submission(String id) {
    return row(tableOf(id), id);
  }

  /** A row by its id, of whatever table it should not be in, too. */
  Map<String, AttributeValue> row(String table, String id) {
    return row(table, "id", id);
  }

  /** A row by the one column that it is found by; empty if there is none. */
  Map<String, AttributeValue> row(String table, String key, String value) {
    return dynamoDb()
        .getItem(
            get ->
                get.tableName(table)
                    .key(Map.of(key, AttributeValue.fromS(value)))
                    .consistentRead(true))
        .item();
  }

  public String status(String id) {
    var item = submission(id);
    var reason = item.get("reason");
    return text(item, "status") + (reason == null ? "" : " " + reason.s());
  }

  /** Writes a state by hand, as nobody but an operator or an attacker would. */
  void setStatus(String id, String status) {
    set(id, Map.of("status", status));
  }

  /** Writes columns by hand. */
  public void set(String id, Map<String, String> columns) {
    var names = new HashMap<String, String>();
    var values = new HashMap<String, AttributeValue>();
    columns.forEach(
        (name, value) -> {
          names.put("#" + name, name);
          values.put(":" + name, AttributeValue.fromS(value));
        });
    var changes = columns.keySet().stream().map(name -> "#%1$s = :%1$s".formatted(name));
    dynamoDb()
        .updateItem(
            update ->
                update
                    .tableName(tableOf(id))
                    .key(Map.of("id", AttributeValue.fromS(id)))
                    .updateExpression("SET " + changes.collect(Collectors.joining(", ")))
                    .expressionAttributeNames(names)
                    .expressionAttributeValues(values));
  }

  /**
   * Deletes the submissions and requests whose time is over, as DynamoDB does some time after:
   * whatever is written meanwhile, it looks once more.
   */
  public void expire(Instant now) {
    for (String table : List.of("submissions", "requests")) {
      expire(table, now);
    }
  }

  private void expire(String table, Instant now) {
    var seconds = AttributeValue.fromN(Long.toString(now.getEpochSecond()));
    for (var item : items(table)) {
      if (isOver(item, now)) {
        expire(table, item, seconds);
      }
    }
  }

  /** What is no number of ours ends nothing, as in DynamoDB. */
  private static boolean isOver(Map<String, AttributeValue> item, Instant now) {
    var end = item.get("expiresAt");
    return end != null
        && end.n() != null
        && new BigDecimal(end.n()).compareTo(BigDecimal.valueOf(now.getEpochSecond())) < 0;
  }

  private void expire(String table, Map<String, AttributeValue> item, AttributeValue now) {
    try {
      dynamoDb()
          .deleteItem(
              delete ->
                  delete
                      .tableName(table)
                      .key(Map.of("id", AttributeValue.fromS(text(item, "id"))))
                      .conditionExpression("expiresAt < :now")
                      .expressionAttributeValues(Map.of(":now", now)));
    } catch (ConditionalCheckFailedException e) {
      // It stays.
    }
  }

  /** Begins with an empty table. */
  public void clear(String table) {
    remove(table, items(table));
  }

  /** Deletes an item by hand, as nobody should. */
  public void remove(String table, Map<String, AttributeValue> item) {
    remove(table, List.of(item));
  }

  private void remove(String table, List<Map<String, AttributeValue>> items) {
    if (!items.isEmpty()) {
      var names = keyNames(table);
      write(table, items.stream().map(item -> deleting(key(names, item))).toList());
    }
  }

  /** The columns that a table's rows are found by. */
  List<String> keyNames(String table) {
    return dynamoDb().describeTable(it -> it.tableName(table)).table().keySchema().stream()
        .map(KeySchemaElement::attributeName)
        .toList();
  }

  static Map<String, AttributeValue> key(List<String> names, Map<String, AttributeValue> item) {
    return names.stream().collect(Collectors.toMap(name -> name, item::get));
  }

  static WriteRequest deleting(Map<String, AttributeValue> key) {
    return WriteRequest.builder().deleteRequest(delete -> delete.key(key)).build();
  }

  static WriteRequest putting(Map<String, AttributeValue> item) {
    return WriteRequest.builder().putRequest(put -> put.item(item)).build();
  }

  /** Writes many items by hand. */
  public void put(String table, List<Map<String, AttributeValue>> items) {
    write(table, items.stream().map(Tables::putting).toList());
  }

  /** Writes copies of an item by hand, which differ in one column of their keys. */
  void copy(String table, Map<String, AttributeValue> item, String column, List<String> values) {
    put(
        table,
        values.stream()
            .map(
                value -> {
                  Map<String, AttributeValue> copy = new HashMap<>(item);
                  copy.put(column, AttributeValue.fromS(value));
                  return copy;
                })
            .toList());
  }

  /** As many of them in a call as DynamoDB takes; none are no call. */
  void write(String table, List<WriteRequest> writes) {
    for (int from = 0; from < writes.size(); from += BATCH) {
      var batch = writes.subList(from, Math.min(writes.size(), from + BATCH));
      dynamoDb().batchWriteItem(write -> write.requestItems(Map.of(table, batch)));
    }
  }

  public static String text(Map<String, AttributeValue> item, String name) {
    var value = item.get(name);
    return value == null ? "" : value.s();
  }

  /**
   * Everything in every table, to be compared with a later moment. A table that nobody has written
   * to since the last time is not read again.
   */
  SortedMap<String, String> snapshot() {
    if (writes == null) {
      writes = Writes.at(host);
    }
    var all = new TreeMap<String, String>();
    for (var table : writes.tables()) {
      all.put(table, content(table, writes.of(table)));
    }
    return all;
  }

  private String content(String table, long writes) {
    var last = seen.get(table);
    if (last != null && last.writes() == writes) {
      return last.content();
    }
    var content = items(table).stream().map(Object::toString).sorted().toList().toString();
    seen.put(table, new Seen(writes, content));
    return content;
  }
}
