package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.Status;
import io.vestibule.core.WorkThreads;
import io.vestibule.store.Attributes;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Select;

/**
 * The table of submissions, or that of requests, as a ledger: every submission that was accepted is
 * a row in it, open, held, or a tombstone, for 30 days at least; a request that was answered by a
 * copy, for 7.
 */
public final class SubmissionLedger {

  /** Read side by side: one answer of DynamoDB is 1 MB at most, and most of the time is waiting. */
  private static final int SEGMENTS = 4;

  private static final String COLUMNS = "#id, #form, #status, #createdAt";

  /** Id and time are compared by DynamoDB: what is not asked for costs to read, but not to send. */
  private static final String CREATED_WITHIN = "#createdAt >= :from AND #createdAt < :to";

  private final DynamoDbClient dynamoDb;
  private final String table;

  public SubmissionLedger(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /** What is told of a submission: no more than its form, and what has become of it. */
  public record Entry(String form, Status status) {}

  /**
   * Counts the submissions that were created in a time, by reading the whole table once: its cost
   * is that of the table's size, whatever the time.
   *
   * @param from the first moment
   * @param to the first moment after it
   */
  public Map<Entry, Integer> count(Instant from, Instant to) {
    try (var threads = WorkThreads.each()) {
      var segments =
          IntStream.range(0, SEGMENTS)
              .mapToObj(
                  segment -> CompletableFuture.supplyAsync(() -> count(segment, from, to), threads))
              .toList();
      var all = new HashMap<Entry, Integer>();
      for (var segment : segments) {
        segment.join().forEach((entry, rows) -> all.merge(entry, rows, Integer::sum));
      }
      return all;
    }
  }

  private Map<Entry, Integer> count(int segment, Instant from, Instant to) {
    var count = new HashMap<Entry, Integer>();
    dynamoDb
        .scanPaginator(
            scan ->
                scan.tableName(table)
                    .segment(segment)
                    .totalSegments(SEGMENTS)
                    .select(Select.SPECIFIC_ATTRIBUTES)
                    .projectionExpression(COLUMNS)
                    .filterExpression(CREATED_WITHIN)
                    .expressionAttributeNames(Attributes.names(COLUMNS))
                    .expressionAttributeValues(Map.of(":from", time(from), ":to", time(to))))
        .items()
        .forEach(item -> entry(item).ifPresent(entry -> count.merge(entry, 1, Integer::sum)));
    return count;
  }

  /** Empty for a row that intake never wrote. */
  private static Optional<Entry> entry(Map<String, AttributeValue> item) {
    List<Status> known = Arrays.asList(Status.values());
    return text(item, "form")
        .flatMap(
            form ->
                known.stream()
                    .filter(status -> text(item, "status").equals(Optional.of(status.name())))
                    .findFirst()
                    .map(status -> new Entry(form, status)));
  }
}
