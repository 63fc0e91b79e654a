package io.vestibule.backup.drill;

import io.vestibule.backup.CustomerId;
import io.vestibule.backup.Parallel;
import io.vestibule.backup.ReadBudget;
import io.vestibule.core.Deadline;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/**
 * The numbers of all customers in a table, and of each no more than that.
 *
 * @param index the index to read instead of the table; null for none
 */
record Numbers(DynamoDbClient dynamoDb, String table, @Nullable String index, ReadBudget budget) {

  /** How many pages are in memory at a time. */
  private static final int SEGMENTS = 4;

  /**
   * Reads them, a part of them in each of a few threads.
   *
   * @param reader what is done with a part; all of it, if the time was not over before
   */
  <T> List<T> read(Deadline deadline, Function<Stream<String>, T> reader) {
    return Parallel.all(
        SEGMENTS,
        IntStream.range(0, SEGMENTS)
            .<Callable<T>>mapToObj(segment -> () -> reader.apply(segment(segment, deadline)))
            .toList());
  }

  private Stream<String> segment(int segment, Deadline deadline) {
    return dynamoDb
        .scanPaginator(
            scan ->
                scan.tableName(table)
                    .indexName(index)
                    .segment(segment)
                    .totalSegments(SEGMENTS)
                    .projectionExpression("customerId")
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
        .stream()
        .takeWhile(_ -> !deadline.isOver())
        .peek(page -> budget.spend(page.consumedCapacity().capacityUnits()))
        .flatMap(page -> page.items().stream())
        .map(CustomerId::of);
  }
}
