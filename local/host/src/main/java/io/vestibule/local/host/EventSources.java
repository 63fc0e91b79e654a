package io.vestibule.local.host;

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

  private final List<StreamPump> pumps = new ArrayList<>();
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
      lambda.streams().forEach(source -> pumps.add(pump(lambda.logicalId(), source)));
    }
  }

  public void start() {
    pumps.forEach(StreamPump::start);
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
      for (StreamPump pump : pumps) {
        pump.drain(Duration.ofNanos(end - System.nanoTime()));
      }
    } while (functions.turns() != before);
  }

  @Override
  public void close() {
    pumps.forEach(StreamPump::stop);
    pumps.forEach(StreamPump::close);
  }

  private StreamPump pump(String function, Stack.StreamSource source) {
    var filter = new EventFilter(source.filterPatterns());
    var events = new StreamEvents(stack.region(), source.streamArn(), timeToLive(source), clock);
    var delivery = new BatchDelivery(function, source, functions, destination);
    var shards =
        new Shards(
            streams,
            source.streamArn(),
            id -> new Shard(new ShardReader(streams, events, id), source, filter, delivery));
    return new StreamPump(source.tableLogicalId() + " to " + function, shards, console);
  }

  private Optional<String> timeToLive(Stack.StreamSource source) {
    return stack.tables().stream()
        .filter(table -> table.logicalId().equals(source.tableLogicalId()))
        .findFirst()
        .map(table -> tables.describeTimeToLive(request -> request.tableName(table.name())))
        .map(response -> response.timeToLiveDescription().attributeName());
  }
}
