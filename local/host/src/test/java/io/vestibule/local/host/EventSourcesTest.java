package io.vestibule.local.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vestibule.local.account.TableWrites;
import io.vestibule.local.aws.Backend;
import io.vestibule.local.aws.Patience;
import io.vestibule.local.aws.PlainTable;
import io.vestibule.local.aws.Sdk;
import io.vestibule.local.embedded.EmbeddedDynamoDb;
import io.vestibule.local.template.Stack;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.s3.S3Client;

@TestInstance(Lifecycle.PER_CLASS)
class EventSourcesTest {

  private final EmbeddedDynamoDb local = EmbeddedDynamoDb.start();
  private final DynamoDbClient tables = Sdk.client(DynamoDbClient.builder(), local.endpoint());
  private final S3Client nowhere =
      S3Client.builder()
          .endpointOverride(URI.create("http://127.0.0.1:1"))
          .credentialsProvider(AnonymousCredentialsProvider.create())
          .region(Region.EU_CENTRAL_1)
          .build();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final AtomicInteger reads = new AtomicInteger();
  private int tableCount;

  EventSourcesTest() throws IOException {}

  private DynamoDbStreamsClient streams() {
    var all = Sdk.client(DynamoDbStreamsClient.builder(), local.endpoint());
    open.add(all);
    return (DynamoDbStreamsClient)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DynamoDbStreamsClient.class},
            (_, method, arguments) -> {
              if (method.getName().equals("getRecords")) {
                reads.incrementAndGet();
              }
              return method.invoke(all, arguments);
            });
  }

  @AfterEach
  void stopSources() throws Exception {
    for (AutoCloseable closeable : open.reversed()) {
      closeable.close();
    }
    open.clear();
  }

  @AfterAll
  void stopDatabase() throws IOException {
    nowhere.close();
    tables.close();
    local.close();
  }

  @Test
  void changesArriveInOrderAndInBatches() throws Exception {
    var run = new Run(Map.of(), 2, -1, false, List.of());
    run.put("a", "b", "c");

    run.drain(Patience.LIMIT);

    assertThat(run.batches()).containsExactly("a b", "c");
  }

  @Test
  void whatTheFilterHoldsBackIsNeverSeen() throws Exception {
    var run =
        new Run(Map.of(), 10, -1, false, List.of("{'dynamodb':{'Keys':{'id':{'S':['a','c']}}}}"));
    run.put("a", "b", "c");

    run.drain(Patience.LIMIT);

    assertThat(run.batches()).containsExactly("a c");
  }

  @Test
  void aReportedFailureIsTriedAgainFromThereOn() throws Exception {
    var run = new Run(Map.of("REPORTS", "b", "FAILURES", "2"), 10, -1, false, List.of());
    run.put("a", "b", "c");

    run.drain(Patience.LIMIT);

    assertThat(run.batches()).containsExactly("a b c", "b c", "b c");
  }

  @Test
  void aThrowingFunctionGetsTheWholeBatchAgain() throws Exception {
    var run = new Run(Map.of("THROWS", "b", "FAILURES", "1"), 10, -1, false, List.of());
    run.put("a", "b");

    run.drain(Patience.LIMIT);

    assertThat(run.batches()).containsExactly("a b", "a b");
  }

  @Test
  void splittingFindsTheRecordThatCannotBeHandledAndTheOthersGoOn() throws Exception {
    var run = new Run(Map.of("THROWS", "c"), 10, 1, true, List.of());
    run.put("a", "b", "c", "d");

    run.drain(Patience.LIMIT);

    assertThat(run.batches()).containsExactly("a b c d", "a b", "c d", "c", "c", "d");
  }

  @Test
  @Tag("slow")
  void withoutALimitAFailingBatchBlocksItsShard() throws Exception {
    var run = new Run(Map.of("THROWS", "a"), 1, -1, false, List.of());
    run.put("a", "b");

    assertThatThrownBy(() -> run.drain(Duration.ofSeconds(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("to Reader has changes left");
    Patience.until(() -> run.batches().contains("a"));
    assertThat(run.batches()).doesNotContain("b");
  }

  @Test
  void aRemovalOfAnExpiredItemIsDynamoDbsOwn() throws Exception {
    var run = new Run(Map.of(), 1, -1, false, List.of("{'eventName':['REMOVE']}"));
    run.putExpiring("old", 1_000_000_000L);
    run.putExpiring("new", 9_000_000_000L);
    run.delete("old");
    run.delete("new");

    run.drain(Patience.LIMIT);

    assertThat(run.batches()).containsExactly("old by dynamodb.amazonaws.com", "new");
  }

  @Test
  void aStreamThatWasReadWhileItWasEmptyGoesOn() throws Exception {
    var run = new Run(Map.of(), 1, -1, false, List.of());
    run.drain(Patience.LIMIT);
    run.put("a");

    run.drain(Patience.LIMIT);

    assertThat(run.batches()).containsExactly("a");
  }

  @Test
  void whatIsToldOfIsWaitedFor() throws Exception {
    var run = new Run(Map.of(), 1, -1, false, List.of());
    run.isToldOfWrites();
    run.drain(Patience.LIMIT);
    run.put("a");
    run.tell();

    run.drain(Patience.LIMIT);

    assertThat(run.batches()).containsExactly("a");
  }

  /** Each read is a call, and there are a dozen streams. */
  @Test
  void whatGoesIntoOneBatchTakesOneRead() throws Exception {
    var run = new Run(Map.of(), 2, -1, false, List.of());
    run.isToldOfWrites();
    run.drain(Patience.LIMIT);
    int before = reads.get();
    run.put("a", "b");
    run.tell();

    run.drain(Patience.LIMIT);

    assertThat(run.batches()).containsExactly("a b");
    assertThat(reads.get() - before).isEqualTo(1);
  }

  @Test
  void aStreamOfWhichNothingIsToldIsNotReadEachTimeThatSomebodyWaits() throws Exception {
    var run = new Run(Map.of(), 1, -1, false, List.of());
    run.isToldOfWrites();
    run.drain(Patience.LIMIT);
    long begin = System.nanoTime();
    int before = reads.get();

    for (int times = 0; times < 1_000; times++) {
      run.drain(Patience.LIMIT);
    }

    int meanwhile = reads.get() - before;
    long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
    assertThat(meanwhile).isLessThanOrEqualTo((int) seconds + 2);
  }

  /** A table of its own, whose stream a {@link Collector} reads. */
  private final class Run {

    private final String table = "table-" + ++tableCount;
    private final TableWrites writes = new TableWrites();
    private final Console console = Console.open();
    private final EventSources sources;
    private boolean started;

    Run(
        Map<String, String> environment,
        int batchSize,
        int retries,
        boolean bisect,
        List<String> filters)
        throws Exception {
      open.add(console);
      var source =
          new Stack.StreamSource(
              "Changes",
              "Table",
              createTable(),
              batchSize,
              Stacks.json(filters),
              retries,
              bisect,
              true,
              Optional.empty());
      var function =
          Stacks.withStream(
              Stacks.function("Reader", Collector.class, Patience.LIMIT, environment), source);
      var stack =
          Stacks.of(
              List.of(function),
              new Stack.Table("Table", table, "", Optional.empty(), Optional.empty()));
      var functions =
          new Functions(
              stack, URI.create("http://127.0.0.1:1"), Clock.systemUTC(), console, seen -> {});
      sources =
          new EventSources(
              stack, functions, console, tables, streams(), nowhere, Clock.systemUTC());
      open.add(sources);
    }

    void isToldOfWrites() {
      sources.waitFor(writes);
    }

    /** As if a request had passed by. */
    void tell() throws IOException {
      var body = "{\"TableName\":\"" + table + "\"}";
      writes
          .before(request -> new Backend.Response(200, Map.of(), new byte[0]))
          .handle(new Backend.Request("POST", "/", Map.of(), body.getBytes(UTF_8)));
    }

    /** Reads what is there now; begun late, so that the first batch has all of it. */
    void drain(Duration limit) throws InterruptedException {
      if (!started) {
        sources.start();
        started = true;
      }
      sources.drain(limit);
    }

    List<String> batches() {
      return console.lines("Reader").stream()
          .filter(line -> !line.startsWith("\tat ") && !line.contains("Exception"))
          .toList();
    }

    void put(String... ids) {
      for (String id : ids) {
        var _ = tables.putItem(r -> r.tableName(table).item(Map.of("id", text(id))));
      }
    }

    void putExpiring(String id, long expiresAt) {
      var expiry = AttributeValue.fromN(Long.toString(expiresAt));
      var _ =
          tables.putItem(r -> r.tableName(table).item(Map.of("id", text(id), "expiresAt", expiry)));
    }

    void delete(String id) {
      var _ = tables.deleteItem(r -> r.tableName(table).key(Map.of("id", text(id))));
    }

    private String createTable() {
      var _ = tables.createTable(PlainTable.withStream(table, "id"));
      var _ =
          tables.updateTimeToLive(
              r ->
                  r.tableName(table)
                      .timeToLiveSpecification(t -> t.enabled(true).attributeName("expiresAt")));
      return tables.describeTable(r -> r.tableName(table)).table().latestStreamArn();
    }

    private static AttributeValue text(String value) {
      return AttributeValue.fromS(value);
    }
  }
}
