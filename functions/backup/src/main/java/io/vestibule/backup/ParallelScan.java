package io.vestibule.backup;

import io.vestibule.core.Deadline;
import io.vestibule.store.Attributes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.Select;

/**
 * Reads a few columns of a whole table, a part of it in each of a few threads.
 *
 * @param spend is told the read units of each page, and may wait
 */
public record ParallelScan(DynamoDbClient dynamoDb, DoubleConsumer spend) {

  /** How many pages are in memory at a time. */
  private static final int SEGMENTS = 4;

  /**
   * What is read.
   *
   * @param index the index to read instead of the table; null for none
   * @param columns a projection of names with {@code #}
   */
  public record Source(String table, @Nullable String index, String columns) {}

  /**
   * Reads it.
   *
   * @param reader what is done with a part; all of it, if the time was not over before
   */
  public <T> List<T> read(
      Source source, Deadline deadline, Function<Stream<Map<String, AttributeValue>>, T> reader) {
    return Parallel.all(
        SEGMENTS,
        IntStream.range(0, SEGMENTS)
            .<Callable<T>>mapToObj(
                segment -> () -> reader.apply(segment(source, segment, deadline)))
            .toList());
  }

  private Stream<Map<String, AttributeValue>> segment(
      Source source, int segment, Deadline deadline) {
    return dynamoDb
        .scanPaginator(
            scan ->
                scan.tableName(source.table())
                    .indexName(source.index())
                    .segment(segment)
                    .totalSegments(SEGMENTS)
                    .select(Select.SPECIFIC_ATTRIBUTES)
                    .projectionExpression(source.columns())
                    .expressionAttributeNames(Attributes.names(source.columns()))
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
        .stream()
        .takeWhile(_ -> !deadline.isOver())
        .peek(page -> spend.accept(page.consumedCapacity().capacityUnits()))
        .flatMap(page -> page.items().stream());
  }
}
