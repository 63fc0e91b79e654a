package io.vestibule.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.aws.Patience;
import io.vestibule.local.host.Shard.Step;
import io.vestibule.local.template.Stack;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamResponse;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsRequest;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

class ShardsTest {

  private final Console console = Console.open();

  @AfterEach
  void giveTheOutputBack() {
    console.close();
  }

  @Test
  void aShardIsReadAfterItsParentWhicheverIsNamedFirst() {
    var shards = shards(new Stream(1));

    while (shards.step() != Step.AT_END) {
      // Each step reads a page or handles a batch.
    }

    assertThat(console.lines("Reader")).containsExactly("of parent", "of child");
  }

  /** A page ends at 1 MB: what is there of either shard is read, handled, and looked for again. */
  @Test
  void onlyAfterALargePageItIsReadOnAtOnce() {
    assertThat(stepsToTheEnd(shards(new Stream(1_000)))).isEqualTo(2);
    assertThat(stepsToTheEnd(shards(new Stream(1_000_000)))).isEqualTo(5);
  }

  private static int stepsToTheEnd(Shards shards) {
    int steps = 1;
    while (shards.step() != Step.AT_END) {
      steps++;
    }
    return steps;
  }

  private Shards shards(DynamoDbStreamsClient stream) {
    var source =
        new Stack.StreamSource(
            "Changes", "Table", "stream", 10, List.of(), 0, false, true, Optional.empty());
    var stack = Stacks.of(Stacks.function("Reader", Collector.class, Patience.LIMIT, Map.of()));
    var functions =
        new Functions(
            stack, URI.create("http://127.0.0.1:1"), Clock.systemUTC(), console, seen -> {});
    var delivery =
        new BatchDelivery("Reader", source, functions, (function, of, batch, last) -> {});
    var events = new StreamEvents("eu-central-1", "stream", Optional.empty(), Clock.systemUTC());
    return new Shards(
        stream,
        "stream",
        id ->
            new Shard(
                new ShardReader(stream, events, id), source, new EventFilter(List.of()), delivery));
  }

  /** A stream as it is after a shard was split: the child is open, and its parent closed. */
  private record Stream(long bytesOfARecord) implements DynamoDbStreamsClient {

    @Override
    public DescribeStreamResponse describeStream(DescribeStreamRequest request) {
      return DescribeStreamResponse.builder()
          .streamDescription(
              stream -> stream.shards(shard("child", "parent"), shard("parent", "long gone")))
          .build();
    }

    @Override
    public GetShardIteratorResponse getShardIterator(GetShardIteratorRequest request) {
      return GetShardIteratorResponse.builder().shardIterator(request.shardId()).build();
    }

    @Override
    public GetRecordsResponse getRecords(GetRecordsRequest request) {
      return switch (request.shardIterator()) {
        case "parent" -> page(null, record("of parent"));
        case "child" -> page("child's end", record("of child"));
        default -> page("child's end");
      };
    }

    private static software.amazon.awssdk.services.dynamodb.model.Shard shard(
        String id, String parent) {
      return software.amazon.awssdk.services.dynamodb.model.Shard.builder()
          .shardId(id)
          .parentShardId(parent)
          .build();
    }

    private static GetRecordsResponse page(@Nullable String next, Record... records) {
      return GetRecordsResponse.builder().nextShardIterator(next).records(records).build();
    }

    private Record record(String id) {
      return Record.builder()
          .eventName(OperationType.INSERT)
          .dynamodb(
              change ->
                  change
                      .keys(Map.of("id", AttributeValue.fromS(id)))
                      .sequenceNumber("1")
                      .sizeBytes(bytesOfARecord)
                      .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)
                      .approximateCreationDateTime(Instant.EPOCH))
          .build();
    }

    @Override
    public String serviceName() {
      return "dynamodb";
    }

    @Override
    public void close() {}
  }
}
