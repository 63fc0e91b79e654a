package io.vestibule.local.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vestibule.local.aws.BackendServer;
import io.vestibule.local.aws.Forward;
import io.vestibule.local.aws.PlainTable;
import io.vestibule.local.aws.Sdk;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.dynamodb.services.local.monitoring.Telemetry;

/** Through a Forward, as the local run does it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedDynamoDbTest {

  private EmbeddedDynamoDb database;
  private BackendServer door;
  private DynamoDbClient dynamoDb;

  @BeforeAll
  void start() throws IOException {
    database = EmbeddedDynamoDb.start();
    door = new BackendServer(new Forward(database.endpoint()));
    dynamoDb = Sdk.client(DynamoDbClient.builder(), door.endpoint());
  }

  @AfterAll
  void stop() throws IOException {
    dynamoDb.close();
    door.close();
    database.close();
  }

  @Test
  void aConditionalPutSucceedsOnce() {
    var table = createTable("conditional");

    putNew(table, "a");

    assertThatExceptionOfType(ConditionalCheckFailedException.class)
        .isThrownBy(() -> putNew(table, "a"));
  }

  @Test
  void aTransactionIsDoneAsAWholeOrNotAtAll() {
    var table = createTable("transactions");
    putNew(table, "taken");

    assertThatExceptionOfType(TransactionCanceledException.class)
        .isThrownBy(() -> putTogether(table, "free", "taken"))
        .satisfies(
            e ->
                assertThat(e.cancellationReasons())
                    .extracting("code")
                    .containsExactly("None", "ConditionalCheckFailed"));
    assertThat(dynamoDb.getItem(r -> r.tableName(table).key(item("free"))).hasItem()).isFalse();

    putTogether(table, "free", "other");
    assertThat(dynamoDb.scan(r -> r.tableName(table)).count()).isEqualTo(3);
  }

  @Test
  void bytesComeBackAsTheyWere() {
    var table = createTable("bytes");
    var all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    var sealed = AttributeValue.fromB(SdkBytes.fromByteArray(all));

    dynamoDb.putItem(
        r -> r.tableName(table).item(Map.of("id", AttributeValue.fromS("a"), "sealed", sealed)));

    assertThat(dynamoDb.getItem(r -> r.tableName(table).key(item("a"))).item())
        .containsEntry("sealed", sealed);
  }

  @Test
  void everyChangeIsInTheStream() {
    var table = createTable("streamed");
    putNew(table, "a");
    dynamoDb.deleteItem(r -> r.tableName(table).key(item("a")));

    assertThat(stream(table))
        .extracting(Record::eventNameAsString)
        .containsExactly("INSERT", "REMOVE");
    assertThat(stream(table).getFirst().dynamodb().newImage()).isEqualTo(item("a"));
  }

  @Test
  void itIsReachedFromThisMachineOnly() throws IOException {
    Loopback.assertIsTheOnlyWayTo(database.endpoint());
  }

  @Test
  void noWebPageMayReadIt() throws IOException, InterruptedException {
    var preflight =
        HttpRequest.newBuilder(database.endpoint())
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
            .header("Origin", "https://evil.example")
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "x-amz-target")
            .build();

    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(preflight, BodyHandlers.discarding());
      assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }
  }

  @Test
  void itReportsNothing() {
    assertThat(Telemetry.getTelemetry()).isEmpty();
  }

  @Test
  void twoOfThemShareNothing() throws IOException {
    createTable("lonely");

    try (var other = EmbeddedDynamoDb.start();
        var client = clientOf(other.endpoint())) {
      assertThat(client.listTables().tableNames()).isEmpty();
    }
  }

  private static DynamoDbClient clientOf(URI endpoint) {
    return Sdk.client(DynamoDbClient.builder(), endpoint);
  }

  private String createTable(String name) {
    dynamoDb.createTable(PlainTable.withStream(name, "id"));
    return name;
  }

  private void putNew(String table, String id) {
    dynamoDb.putItem(
        r -> r.tableName(table).item(item(id)).conditionExpression("attribute_not_exists(id)"));
  }

  private void putTogether(String table, String one, String other) {
    dynamoDb.transactWriteItems(
        r ->
            r.transactItems(
                List.of(one, other).stream()
                    .map(
                        id ->
                            TransactWriteItem.builder()
                                .put(
                                    p ->
                                        p.tableName(table)
                                            .item(item(id))
                                            .conditionExpression("attribute_not_exists(id)"))
                                .build())
                    .toList()));
  }

  private List<Record> stream(String table) {
    try (var streams = Sdk.client(DynamoDbStreamsClient.builder(), door.endpoint())) {
      var arn = dynamoDb.describeTable(r -> r.tableName(table)).table().latestStreamArn();
      var shard = streams.describeStream(r -> r.streamArn(arn)).streamDescription().shards();
      var iterator =
          streams.getShardIterator(
              r ->
                  r.streamArn(arn)
                      .shardId(shard.getFirst().shardId())
                      .shardIteratorType(ShardIteratorType.TRIM_HORIZON));
      return streams.getRecords(r -> r.shardIterator(iterator.shardIterator())).records();
    }
  }

  private static Map<String, AttributeValue> item(String id) {
    return Map.of("id", AttributeValue.fromS(id));
  }
}
