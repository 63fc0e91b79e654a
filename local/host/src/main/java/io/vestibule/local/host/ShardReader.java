package io.vestibule.local.host;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Reads a shard from its oldest record on. */
final class ShardReader {

  /** A page has as many records by far, if there are more. */
  private static final int FEW = 100;

  /** Or as many bytes: one ends at 1 MB. */
  private static final int SMALL = 100_000;

  private final DynamoDbStreamsClient client;
  private final StreamEvents events;
  private final String shardId;
  private @Nullable String iterator;
  private @Nullable String lastRead;
  private boolean closed;
  private boolean mayHaveMore;

  ShardReader(DynamoDbStreamsClient client, StreamEvents events, String shardId) {
    this.client = client;
    this.events = events;
    this.shardId = shardId;
  }

  String shardId() {
    return shardId;
  }

  boolean isClosed() {
    return closed;
  }

  /** Whether what was read last may have been cut off. */
  boolean mayHaveMore() {
    return mayHaveMore;
  }

  /** The next records, as events; none if there are none yet, or if the shard is closed. */
  List<ObjectNode> next() {
    if (closed) {
      return List.of();
    }
    GetRecordsResponse page = page();
    iterator = page.nextShardIterator();
    closed = iterator == null;
    if (page.hasRecords() && !page.records().isEmpty()) {
      lastRead = page.records().getLast().dynamodb().sequenceNumber();
    }
    mayHaveMore =
        page.records().size() > FEW
            || page.records().stream().mapToLong(it -> it.dynamodb().sizeBytes()).sum() > SMALL;
    return page.records().stream().map(events::json).toList();
  }

  private GetRecordsResponse page() {
    if (iterator == null) {
      iterator = iteratorAfter(lastRead);
    }
    try {
      return pageAt(iterator);
    } catch (ExpiredIteratorException e) {
      return pageAt(iteratorAfter(lastRead)); // One lives for 15 minutes.
    } catch (TrimmedDataAccessException e) {
      // Records end after 24 hours. To DynamoDB Local, the start of a shard that was empty is older
      // than its first record, too.
      return pageAt(iteratorAfter(null));
    }
  }

  private GetRecordsResponse pageAt(String position) {
    return client.getRecords(request -> request.shardIterator(position));
  }

  private String iteratorAfter(@Nullable String sequenceNumber) {
    return client
        .getShardIterator(
            request ->
                request
                    .streamArn(events.streamArn())
                    .shardId(shardId)
                    .shardIteratorType(
                        sequenceNumber == null
                            ? ShardIteratorType.TRIM_HORIZON
                            : ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                    .sequenceNumber(sequenceNumber))
        .shardIterator();
  }
}
