package io.vestibule.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** What is logged of a batch names the row that it is about, and no other. */
class StreamBatchTest {

  private static final String FIRST = "s" + "A".repeat(22);
  private static final String SECOND = "r" + "B".repeat(22);

  @Test
  void eachRecordsRowIsNamedAsLongAsItIsWorkedOn() {
    var named = new ArrayList<@Nullable String>();

    var answer = handle(change -> named.add(correlationId()), FIRST, SECOND);

    assertThat(answer).isEmpty();
    assertThat(named).containsExactly(FIRST, SECOND);
    assertThat(correlationId()).isNull();
  }

  @Test
  void aKeyThatIntakeDidNotMakeIsNotNamed() {
    var named = new ArrayList<@Nullable String>();

    var answer = handle(change -> named.add(correlationId()), FIRST, "ada@example.net");

    assertThat(answer).isEmpty();
    assertThat(named).containsExactly(FIRST, null);
  }

  @Test
  void aFailureNamesTheRowThatFailed() {
    var printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, UTF_8));
    List<String> failed;
    try {
      failed =
          handle(
              change -> {
                if (SECOND.equals(correlationId())) {
                  throw new IllegalStateException("ada@example.net");
                }
              },
              FIRST,
              SECOND);
    } finally {
      System.setOut(before);
    }

    assertThat(failed).containsExactly("1");
    assertThat(printed.toString(UTF_8))
        .contains("\"code\":\"record-not-handled\"", "\"correlation_id\":\"" + SECOND + "\"")
        .doesNotContain(FIRST, "ada@example.net");
    assertThat(correlationId()).isNull();
  }

  private static @Nullable String correlationId() {
    return MDC.get("correlation_id");
  }

  /** The sequence numbers that are to come again. */
  private static List<String> handle(Consumer<StreamChange> worker, String... ids) {
    var event = new DynamodbEvent();
    event.setRecords(
        Stream.iterate(0, n -> n < ids.length, n -> n + 1).map(n -> record(ids[n], n)).toList());
    return StreamBatch.changesInOrder(event, worker).getBatchItemFailures().stream()
        .map(failure -> failure.getItemIdentifier())
        .toList();
  }

  private static DynamodbStreamRecord record(String id, int sequenceNumber) {
    var key = Map.of("id", new AttributeValue(id));
    var record = new DynamodbStreamRecord();
    record.setEventName("INSERT");
    record.setDynamodb(
        new StreamRecord()
            .withKeys(key)
            .withNewImage(key)
            .withSequenceNumber(Integer.toString(sequenceNumber)));
    return record;
  }
}
