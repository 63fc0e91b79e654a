package io.vestibule.store;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Works through the records of a stream in their order, and stops at the first that fails.
 *
 * <p>A partial answer to a stream is a checkpoint: Lambda goes on from the lowest sequence number
 * that it is told. To go on after a failure would be work that is repeated anyway, and would put a
 * row's newer state before its older one.
 */
public final class StreamBatch {

  private static final Logger LOG = LoggerFactory.getLogger(StreamBatch.class);

  private StreamBatch() {}

  /**
   * Hands each record's new image to the worker.
   *
   * @param worker throws to have the record, and all after it, delivered again
   */
  public static StreamsEventResponse inOrder(
      DynamodbEvent event, Consumer<Map<String, AttributeValue>> worker) {
    return changesInOrder(
        event,
        change -> {
          if (change instanceof StreamChange.Written(var item)) {
            worker.accept(item);
          }
        });
  }

  /**
   * Hands each change to the worker, removals too.
   *
   * @param worker throws to have the record, and all after it, delivered again
   */
  public static StreamsEventResponse changesInOrder(
      DynamodbEvent event, Consumer<StreamChange> worker) {
    for (DynamodbStreamRecord record : event.getRecords()) {
      try {
        worker.accept(StreamChange.of(record));
      } catch (RuntimeException | AssertionError e) {
        // Whatever it was: the record is not done, and the stream is what remembers that.
        LOG.warn("Record not handled; the stream delivers it again", new Redacted(e));
        return new StreamsEventResponse(
            List.of(new BatchItemFailure(record.getDynamodb().getSequenceNumber())));
      }
    }
    return new StreamsEventResponse(List.of());
  }
}
