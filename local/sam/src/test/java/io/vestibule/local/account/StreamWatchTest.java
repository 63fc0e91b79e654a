package io.vestibule.local.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.local.aws.Backend;
import io.vestibule.local.aws.BackendServer;
import io.vestibule.local.aws.Forward;
import io.vestibule.local.aws.Patience;
import io.vestibule.local.aws.PlainTable;
import io.vestibule.local.aws.Sdk;
import io.vestibule.local.embedded.EmbeddedDynamoDb;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** A database whose stream delivers nothing more from some moment on, as Floci's does. */
class StreamWatchTest {

  /** Longer than the machine is busy: it passes when a test says so. */
  private static final Duration PATIENCE = Duration.ofHours(1);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> said = new CopyOnWriteArrayList<>();
  private final AtomicLong passed = new AtomicLong();
  private final StreamWatch watch =
      new StreamWatch(PATIENCE, () -> System.nanoTime() + passed.get(), said::add);
  @AutoClose private final EmbeddedDynamoDb dynamoDb = EmbeddedDynamoDb.start();
  private volatile boolean swallows;

  @AutoClose
  private final BackendServer server =
      new BackendServer(watch.before(swallowing(new Forward(dynamoDb.endpoint()))));

  @AutoClose
  private final DynamoDbClient tables = Sdk.client(DynamoDbClient.builder(), server.endpoint());

  @AutoClose
  private final DynamoDbStreamsClient streams =
      new FreshIterators(Sdk.client(DynamoDbStreamsClient.builder(), server.endpoint()), watch);

  private final String stream = createTable();
  private String iterator = begin();

  StreamWatchTest() throws IOException {}

  @Test
  void aStreamThatTellsNothingOfANewRowIsNamedOnce() {
    insert("a");
    Patience.until(() -> read() == 1);

    swallows = true;
    insert("b");
    read();
    assertThat(said).isEmpty();
    patienceIsOver();
    read();
    insert("c");
    patienceIsOver();
    read();

    assertThat(said).singleElement().asString().contains("stream of the table rows does not tell");
    assertThat(watch.notices()).isEqualTo(said);
  }

  @Test
  void aRowOfATransactionCountsToo() {
    swallows = true;
    var put =
        Put.builder()
            .tableName("rows")
            .item(row("a"))
            .conditionExpression("attribute_not_exists(id)")
            .build();
    tables.transactWriteItems(
        transaction -> transaction.transactItems(TransactWriteItem.builder().put(put).build()));

    patienceIsOver();
    read();

    assertThat(watch.notices()).hasSize(1);
  }

  @Test
  void whatAStreamTellsOfOrNeedNotTellOfIsNoSilence() {
    insert("a");
    Patience.until(() -> read() == 1);
    swallows = true;
    tables.updateItem(
        update -> update.tableName("rows").key(row("a")).updateExpression("REMOVE nothing"));
    tables.putItem(put -> put.tableName("rows").item(row("a")));
    patienceIsOver();

    assertThat(read()).isZero();

    assertThat(said).isEmpty();
  }

  private Backend swallowing(Backend database) {
    return request -> {
      Backend.Response response = database.handle(request);
      if (!swallows || request.jsonOperation().filter("GetRecords"::equals).isEmpty()) {
        return response;
      }
      var page = (ObjectNode) JSON.readTree(response.body());
      page.putArray("Records");
      return new Backend.Response(
          response.status(),
          Map.of("Content-Type", "application/x-amz-json-1.0"),
          JSON.writeValueAsBytes(page));
    };
  }

  private void insert(String id) {
    tables.putItem(
        put -> put.tableName("rows").item(row(id)).conditionExpression("attribute_not_exists(id)"));
  }

  private void patienceIsOver() {
    passed.addAndGet(PATIENCE.plusSeconds(1).toNanos());
  }

  /** How many records there were. */
  private int read() {
    var page = streams.getRecords(request -> request.shardIterator(iterator));
    iterator = page.nextShardIterator();
    return page.records().size();
  }

  private String begin() {
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

  private String createTable() {
    return tables
        .createTable(PlainTable.withStream("rows", "id"))
        .tableDescription()
        .latestStreamArn();
  }

  private static Map<String, AttributeValue> row(String id) {
    return Map.of("id", AttributeValue.fromS(id));
  }
}
