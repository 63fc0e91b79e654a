package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.text;

import io.vestibule.core.Destination;
import io.vestibule.core.RowId;
import io.vestibule.local.aws.PlainTable;
import io.vestibule.local.aws.Sdk;
import io.vestibule.local.embedded.EmbeddedDynamoDb;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Gatherers;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The tables of rows with their keys and the index of open work, and that of mails' counters. */
final class RowTables {

  static final String MAILS = "mails";

  private static final int MOST_IN_BATCH = 25;

  private final EmbeddedDynamoDb database = EmbeddedDynamoDb.start();
  private final Sent.Recorder recorder = new Sent.Recorder();
  private final DynamoDbClient dynamoDb =
      Sdk.client(
          DynamoDbClient.builder()
              .overrideConfiguration(it -> it.addExecutionInterceptor(recorder)),
          database.endpoint());

  RowTables() throws IOException {
    for (var destination : Destination.values()) {
      dynamoDb.createTable(PlainTable.of(name(destination), "id").andThen(RowTables::withOpenWork));
    }
    dynamoDb.createTable(PlainTable.of(MAILS, "key"));
  }

  static String name(Destination destination) {
    return destination.choose("submissions", "requests");
  }

  private static void withOpenWork(CreateTableRequest.Builder table) {
    table
        .attributeDefinitions(
            PlainTable.text("id"), PlainTable.text("open"), PlainTable.text("createdAt"))
        .globalSecondaryIndexes(
            GlobalSecondaryIndex.builder()
                .indexName("byOpen")
                .keySchema(
                    PlainTable.key("open", KeyType.HASH),
                    PlainTable.key("createdAt", KeyType.RANGE))
                .projection(of -> of.projectionType(ProjectionType.KEYS_ONLY))
                .build());
  }

  DynamoDbClient client() {
    return dynamoDb;
  }

  /** What was sent since the last time. */
  List<Sent> sent() {
    var all = List.copyOf(recorder.sent);
    recorder.sent.clear();
    return all;
  }

  void put(Map<String, AttributeValue> row) {
    dynamoDb.putItem(it -> it.tableName(table(row)).item(row));
  }

  /** Many rows of one table. */
  void put(List<Map<String, AttributeValue>> rows) {
    rows.stream()
        .map(row -> WriteRequest.builder().putRequest(put -> put.item(row)).build())
        .gather(Gatherers.windowFixed(MOST_IN_BATCH))
        .map(it -> Map.of(table(rows.getFirst()), it))
        .forEach(it -> dynamoDb.batchWriteItem(write -> write.requestItems(it)));
  }

  void delete(Map<String, AttributeValue> row) {
    dynamoDb.deleteItem(it -> it.tableName(table(row)).key(key(row)));
  }

  /** The row as it is now; empty if there is none. */
  Map<String, AttributeValue> now(Map<String, AttributeValue> row) {
    return dynamoDb.getItem(it -> it.tableName(table(row)).key(key(row))).item();
  }

  private static String table(Map<String, AttributeValue> row) {
    return name(text(row, "id").flatMap(RowId::parse).orElseThrow().destination());
  }

  private static Map<String, AttributeValue> key(Map<String, AttributeValue> row) {
    return Map.of("id", text(text(row, "id").orElseThrow()));
  }

  void stop() throws Exception {
    dynamoDb.close();
    database.close();
  }

  /** What stands for the audit in a transaction: it is always true, and changes nothing. */
  static TransactWriteItem told() {
    return TransactWriteItem.builder()
        .conditionCheck(
            check ->
                check
                    .tableName("requests")
                    .key(Map.of("id", AttributeValue.fromS("told")))
                    .conditionExpression("attribute_not_exists(id)"))
        .build();
  }
}
