package io.vestibule.local.host;

import io.vestibule.local.account.TableWrites;
import io.vestibule.local.template.Stack;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Every stream that the functions of a stack are called from. */
public final class EventSources implements AutoCloseable {

  private record Source(String table, StreamPump pump) {}

  private final List<Source> sources = new ArrayList<>();
  private final Stack stack;
  private final Functions functions;
  private final Console console;
  private final DynamoDbClient tables;
  private final DynamoDbStreamsClient streams;
  private final Clock clock;
  private final FailureDestination destination;

  /** Prepares them with an operator's clients, which stay open when this is closed. */
  public EventSources(
      Stack stack,
      Functions functions,
      Console console,
      DynamoDbClient tables,
      DynamoDbStreamsClient streams,
      S3Client s3,
      Clock clock) {
    this.stack = stack;
    this.functions = functions;
    this.console = console;
    this.tables = tables;
    this.streams = streams;
    this.clock = clock;
    this.destination = new FailureBucket(stack, s3, clock);
    for (Stack.Lambda lambda : stack.functions()) {
      lambda.streams().forEach(source -> sources.add(source(lambda.logicalId(), source)));
    }
  }

  /** Streams are read when their tables are written to, and hardly ever else; before the start. */
  void waitFor(TableWrites writes) {
    sources.forEach(source -> source.pump().waitFor(writes, source.table()));
  }

  public void start() {
    sources.forEach(source -> source.pump().start());
  }

  /**
   * Waits until every change in every stream was handled, those included that functions make
   * meanwhile.
   *
   * @throws IllegalStateException something is still owed after this time
   */
  public void drain(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    long before;
    do {
      before = functions.turns();
      for (Source source : sources) {
        source.pump().drain(Duration.ofNanos(end - System.nanoTime()));
      }
    } while (functions.turns() != before);
  }

  @Override
  public void close() {
    sources.forEach(source -> source.pump().stop());
    sources.forEach(source -> source.pump().close());
  }

  private Source source(String function, Stack.StreamSource source) {
    var table = table(source);
    var filter = new EventFilter(source.filterPatterns());
    var events = new StreamEvents(stack.region(), source.streamArn(), timeToLive(table), clock);
    var delivery = new BatchDelivery(function, source, functions, destination);
    var shards =
        new Shards(
            streams,
            source.streamArn(),
            id -> new Shard(new ShardReader(streams, events, id), source, filter, delivery));
    var name = source.tableLogicalId() + " to " + function;
    return new Source(table, new StreamPump(name, shards, console));
  }

  private String table(Stack.StreamSource source) {
    return stack.tables().stream()
        .filter(table -> table.logicalId().equals(source.tableLogicalId()))
        .findFirst()
        .orElseThrow()
        .name();
  }

  private Optional<String> timeToLive(String table) {
    var description = tables.describeTimeToLive(request -> request.tableName(table));
    return Optional.ofNullable(description.timeToLiveDescription().attributeName());
  }
}
