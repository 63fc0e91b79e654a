package io.vestibule.local.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vestibule.local.aws.MotoServer;
import io.vestibule.local.aws.PlainTable;
import io.vestibule.local.aws.Sdk;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Streams of an emulator that forgets its iterators. */
class FreshIteratorsTest {

  @Test
  @Tag("slow")
  void aCancelledTransactionEndsNoReadersStream() throws Exception {
    assumeTrue(
        MotoServer.isInstalled(), "moto_server is not on the PATH: nothing is compared with it");
    try (var moto = MotoServer.start();
        var tables = Sdk.client(DynamoDbClient.builder(), moto.endpoint());
        var streams =
            new FreshIterators(
                Sdk.client(DynamoDbStreamsClient.builder(), moto.endpoint()),
                new StreamWatch(Duration.ofHours(1), notice -> {}))) {
      String stream = createTable(tables);
      put(tables, "a");
      GetRecordsResponse first = read(streams, begin(streams, stream));
      assertThat(first.records()).extracting(FreshIteratorsTest::id).containsExactly("a");

      assertThatThrownBy(() -> putIntoNewRow(tables, "a"))
          .isInstanceOf(TransactionCanceledException.class);
      put(tables, "b");

      GetRecordsResponse second = read(streams, first.nextShardIterator());
      assertThat(second.records()).extracting(FreshIteratorsTest::id).containsExactly("b");
      assertThat(read(streams, second.nextShardIterator()).records()).isEmpty();
    }
  }

  private static String createTable(DynamoDbClient tables) {
    return tables
        .createTable(PlainTable.withStream("rows", "id"))
        .tableDescription()
        .latestStreamArn();
  }

  private static String begin(DynamoDbStreamsClient streams, String stream) {
    String shard =
        streams
            .describeStream(request -> request.streamArn(stream))
            .streamDescription()
            .shards()
            .getFirst()
            .shardId();
    return streams
        .getShardIterator(
            request ->
                request
                    .streamArn(stream)
                    .shardId(shard)
                    .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
        .shardIterator();
  }

  private static GetRecordsResponse read(DynamoDbStreamsClient streams, String iterator) {
    return streams.getRecords(request -> request.shardIterator(iterator));
  }

  private static void put(DynamoDbClient tables, String id) {
    tables.putItem(put -> put.tableName("rows").item(row(id)));
  }

  private static void putIntoNewRow(DynamoDbClient tables, String id) {
    var put =
        Put.builder()
            .tableName("rows")
            .item(row(id))
            .conditionExpression("attribute_not_exists(id)")
            .build();
    tables.transactWriteItems(
        transaction -> transaction.transactItems(TransactWriteItem.builder().put(put).build()));
  }

  private static Map<String, AttributeValue> row(String id) {
    return Map.of("id", AttributeValue.fromS(id));
  }

  private static String id(Record change) {
    return change.dynamodb().keys().values().iterator().next().s();
  }
}
