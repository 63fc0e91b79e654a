package io.vestibule.backup;

import io.vestibule.core.Deadline;
import io.vestibule.store.Attributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/**
 * Compares customers' records with the rows of their keys, by numbers and versions alone. They are
 * written together; where they differ, one of them is older than what its customer has decided, or
 * than what the other knows.
 */
public final class CompareVersions {

  private static final int SEGMENTS = 4;
  private static final String COLUMNS = "#customerId, #version";

  /** The next page is asked for by the key, which a role must then name. */
  private static final String WITH_KEY = COLUMNS + ", #emailIndex";

  private final DynamoDbClient dynamoDb;
  private final String identities;
  private final DoubleConsumer spend;

  /**
   * Prepares it.
   *
   * @param identities the table of the keys
   * @param spend is told the read units of each page, and may wait
   */
  public CompareVersions(DynamoDbClient dynamoDb, String identities, DoubleConsumer spend) {
    this.dynamoDb = dynamoDb;
    this.identities = identities;
    this.spend = spend;
  }

  /**
   * What differs. Identities without a binding have no version, and are not compared.
   *
   * @param restored records that are older than their keys' rows: the decisions beside the key
   *     count above theirs
   * @param recovered records that are newer than their keys' rows
   */
  public record Ages(long restored, long recovered) {

    private Ages and(Ages other) {
      return new Ages(restored + other.restored, recovered + other.recovered);
    }

    private Ages and(int age) {
      return new Ages(restored + (age < 0 ? 1 : 0), recovered + (age > 0 ? 1 : 0));
    }
  }

  /** The versions of all keys' rows; empty if there was no time to read them. */
  public Optional<KnownVersions> known(Deadline deadline) {
    var known =
        new KnownVersions(
            read(identities, WITH_KEY, deadline, KnownVersions::of).stream()
                .flatMapToLong(LongStream::of));
    return deadline.isOver() ? Optional.empty() : Optional.of(known);
  }

  /** How old the records of a table are; empty if there was no time to read them. */
  public Optional<Ages> of(String customers, KnownVersions known, Deadline deadline) {
    var ages =
        read(
                customers,
                COLUMNS,
                deadline,
                items -> items.map(known::age).reduce(new Ages(0, 0), Ages::and, Ages::and))
            .stream()
            .reduce(new Ages(0, 0), Ages::and);
    return deadline.isOver() ? Optional.empty() : Optional.of(ages);
  }

  private <T> List<T> read(
      String table,
      String columns,
      Deadline deadline,
      Function<Stream<Map<String, AttributeValue>>, T> reader) {
    return Parallel.all(
        SEGMENTS,
        IntStream.range(0, SEGMENTS)
            .<Callable<T>>mapToObj(
                segment -> () -> reader.apply(segment(table, columns, segment, deadline)))
            .toList());
  }

  private Stream<Map<String, AttributeValue>> segment(
      String table, String columns, int segment, Deadline deadline) {
    return dynamoDb
        .scanPaginator(
            scan ->
                scan.tableName(table)
                    .segment(segment)
                    .totalSegments(SEGMENTS)
                    .projectionExpression(columns)
                    .expressionAttributeNames(Attributes.names(columns))
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
        .stream()
        .takeWhile(_ -> !deadline.isOver())
        .peek(page -> spend.accept(page.consumedCapacity().capacityUnits()))
        .flatMap(page -> page.items().stream());
  }
}
