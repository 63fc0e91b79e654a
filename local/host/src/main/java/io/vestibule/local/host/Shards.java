package io.vestibule.local.host;

import io.vestibule.local.host.Shard.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamResponse;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * The shards of a stream. A shard is read only when its parent is finished. So an item's changes
 * stay in order also where one shard ends and the next begins.
 */
final class Shards {

  private final DynamoDbStreamsClient client;
  private final String streamArn;
  private final Function<String, Shard> open;
  private final Map<String, Shard> active = new LinkedHashMap<>();
  private final Set<String> finished = new HashSet<>();

  Shards(DynamoDbStreamsClient client, String streamArn, Function<String, Shard> open) {
    this.client = client;
    this.streamArn = streamArn;
    this.open = open;
  }

  /** One step in every shard; says how far the one is that has most left to do. */
  Step step() {
    if (active.isEmpty()) {
      beginShards();
    }
    var furthest = Step.AT_END;
    for (var shard : List.copyOf(active.entrySet())) {
      Step step = shard.getValue().step();
      if (shard.getValue().isFinished()) {
        finished.add(shard.getKey());
        active.remove(shard.getKey());
        beginShards();
        step = Step.DONE;
      }
      furthest = step.compareTo(furthest) > 0 ? step : furthest;
    }
    return furthest;
  }

  private void beginShards() {
    List<software.amazon.awssdk.services.dynamodb.model.Shard> all = describe();
    Set<String> known = new HashSet<>();
    all.forEach(shard -> known.add(shard.shardId()));
    for (var shard : all) {
      boolean begun = active.containsKey(shard.shardId()) || finished.contains(shard.shardId());
      boolean parentIsOpen =
          known.contains(shard.parentShardId()) && !finished.contains(shard.parentShardId());
      if (!begun && !parentIsOpen) {
        active.put(shard.shardId(), open.apply(shard.shardId()));
      }
    }
  }

  private List<software.amazon.awssdk.services.dynamodb.model.Shard> describe() {
    var shards = new ArrayList<software.amazon.awssdk.services.dynamodb.model.Shard>();
    @Nullable String last = null;
    do {
      String after = last;
      DescribeStreamResponse page =
          client.describeStream(
              request -> request.streamArn(streamArn).exclusiveStartShardId(after));
      shards.addAll(page.streamDescription().shards());
      last = page.streamDescription().lastEvaluatedShardId();
    } while (last != null);
    return shards;
  }
}
