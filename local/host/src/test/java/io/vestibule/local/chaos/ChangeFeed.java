package io.vestibule.local.chaos;

import io.vestibule.local.host.LocalHost;
import io.vestibule.local.host.StreamEvents;
import io.vestibule.local.template.Operator;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** The changes of the submissions table, for a test that delivers them itself. */
public final class ChangeFeed implements AutoCloseable {

  private final DynamoDbStreamsClient client;
  private final StreamEvents events;
  private String iterator;

  /** Begins after the last change so far; there must have been one. */
  public ChangeFeed(LocalHost host, Clock clock) {
    var table =
        host.stack().tables().stream()
            .filter(it -> it.name().equals("submissions"))
            .findFirst()
            .orElseThrow();
    var stream = table.streamArn().orElseThrow();
    events = new StreamEvents(host.stack().region(), stream, Optional.of("expiresAt"), clock);
    client =
        DynamoDbStreamsClient.builder()
            .endpointOverride(host.aws())
            .region(Region.of(host.stack().region()))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(Operator.ACCESS_KEY_ID, "local")))
            .build();
    iterator = oldest(stream);
    List<Change> known;
    do {
      known = next();
    } while (!known.isEmpty());
  }

  private String oldest(String stream) {
    var shards = client.describeStream(it -> it.streamArn(stream)).streamDescription().shards();
    return client
        .getShardIterator(
            it ->
                it.streamArn(stream)
                    .shardId(shards.getLast().shardId())
                    .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
        .shardIterator();
  }

  /** What has changed since the last call. */
  public List<Change> next() {
    var page = client.getRecords(it -> it.shardIterator(iterator));
    iterator = page.nextShardIterator();
    return page.records().stream().map(events::json).map(Change::new).toList();
  }

  @Override
  public void close() {
    client.close();
  }
}
