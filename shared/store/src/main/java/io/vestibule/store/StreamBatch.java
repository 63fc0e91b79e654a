package io.vestibule.store;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import io.vestibule.core.OperatorCode;
import io.vestibule.core.RowId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Works through the records of a stream in their order, and stops at the first that fails.
 *
 * <p>A partial answer to a stream is a checkpoint: Lambda goes on from the lowest sequence number
 * that it is told. To go on after a failure would be work that is repeated anyway, and would put a
 * row's newer state before its older one. While a record is worked on, all that is logged bears the
 * id of its row, and nothing that is logged later does.
 */
public final class StreamBatch {

  private static final Logger LOG = LoggerFactory.getLogger(StreamBatch.class);

  /** {@code arn:aws:dynamodb:<region>:<account>:table/<name>/stream/<time>}. */
  private static final Pattern STREAM = Pattern.compile(":table/([^/]+)/stream/");

  private StreamBatch() {}

  /**
   * Hands each record's new image to the worker of its table.
   *
   * @param workers by table; one throws to have the record, and all after it, delivered again
   */
  public static StreamsEventResponse inOrder(
      DynamodbEvent event, Map<String, Consumer<Map<String, AttributeValue>>> workers) {
    return inOrder(
        event,
        record -> {
          if (StreamChange.of(record) instanceof StreamChange.Written(var item)) {
            worker(workers, record).accept(item);
          }
        });
  }

  private static <T> T worker(Map<String, T> workers, DynamodbStreamRecord record) {
    var name = STREAM.matcher(record.getEventSourceARN());
    if (name.find() && workers.containsKey(name.group(1))) {
      return Objects.requireNonNull(workers.get(name.group(1)));
    }
    throw new IllegalStateException("a record of a table that is none of ours");
  }

  /**
   * Hands each change to the worker, removals too.
   *
   * @param worker throws to have the record, and all after it, delivered again
   */
  public static StreamsEventResponse changesInOrder(
      DynamodbEvent event, Consumer<StreamChange> worker) {
    return inOrder(event, (DynamodbStreamRecord record) -> worker.accept(StreamChange.of(record)));
  }

  private static StreamsEventResponse inOrder(
      DynamodbEvent event, Consumer<DynamodbStreamRecord> worker) {
    for (DynamodbStreamRecord record : event.getRecords()) {
      try (var _ = correlated(record)) {
        if (!isDone(record, worker)) {
          return new StreamsEventResponse(
              List.of(new BatchItemFailure(record.getDynamodb().getSequenceNumber())));
        }
      }
    }
    return new StreamsEventResponse(List.of());
  }

  private static boolean isDone(
      DynamodbStreamRecord record, Consumer<DynamodbStreamRecord> worker) {
    try {
      worker.accept(record);
      return true;
    } catch (RuntimeException | AssertionError e) {
      // Whatever went wrong, the record is not done, and the stream delivers it again.
      LOG.warn(
          "Record not handled; the stream delivers it again",
          OperatorCode.RECORD_NOT_HANDLED.entry(),
          new Redacted(e));
      return false;
    }
  }

  /**
   * As long as it is open, each line of the log names the record's row. A key that intake did not
   * make may be what somebody typed, so it is not named.
   */
  private static MDC.@Nullable MDCCloseable correlated(DynamodbStreamRecord record) {
    return Optional.ofNullable(record.getDynamodb().getKeys())
        .map(keys -> keys.get("id"))
        .map(id -> id.getS())
        .flatMap(RowId::parse)
        .map(id -> MDC.putCloseable("correlation_id", id.value()))
        .orElse(null);
  }
}
