package io.vestibule.local.journey;

import io.vestibule.local.host.LocalHost;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The tables, as an operator sees them. */
public record Tables(LocalHost host) {

  /** As many as DynamoDB takes at once. */
  private static final int BATCH = 25;

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
    return dynamoDb()
        .getItem(
            get ->
                get.tableName(table)
                    .key(Map.of("id", AttributeValue.fromS(id)))
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
      expire(table, AttributeValue.fromN(Long.toString(now.getEpochSecond())));
    }
  }

  private void expire(String table, AttributeValue now) {
    for (var item : items(table)) {
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
    var names =
        dynamoDb().describeTable(it -> it.tableName(table)).table().keySchema().stream()
            .map(KeySchemaElement::attributeName)
            .toList();
    write(
        table,
        items.stream()
            .map(item -> names.stream().collect(Collectors.toMap(name -> name, item::get)))
            .map(key -> WriteRequest.builder().deleteRequest(delete -> delete.key(key)).build())
            .toList());
  }

  /** Writes many items by hand. */
  public void put(String table, List<Map<String, AttributeValue>> items) {
    write(
        table,
        items.stream()
            .map(item -> WriteRequest.builder().putRequest(put -> put.item(item)).build())
            .toList());
  }

  private void write(String table, List<WriteRequest> writes) {
    for (int from = 0; from < writes.size(); from += BATCH) {
      var batch = writes.subList(from, Math.min(writes.size(), from + BATCH));
      dynamoDb().batchWriteItem(write -> write.requestItems(Map.of(table, batch)));
    }
  }

  public static String text(Map<String, AttributeValue> item, String name) {
    var value = item.get(name);
    return value == null ? "" : value.s();
  }

  /** Everything in every table, to be compared with a later moment. */
  SortedMap<String, String> snapshot() {
    var all = new TreeMap<String, String>();
    for (var table : host.stack().tables()) {
      all.put(
          table.name(), items(table.name()).stream().map(Object::toString).sorted().toList() + "");
    }
    return all;
  }
}
