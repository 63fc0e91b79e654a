package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.anyTime;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.RowId;
import io.vestibule.core.Status;
import io.vestibule.store.Attributes;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The oldest ids that the index {@code byOpen} has after a time, so far as one call for each value
 * of {@code open} finds them.
 *
 * @param ids in no order
 * @param until up to when they are all that there are; empty if there are no more at all
 */
record OldestOpen(Stream<RowId> ids, Optional<Instant> until) {

  private record Found(Map<RowId, Instant> ids, Optional<Instant> until) {}

  /**
   * Looks for them.
   *
   * @param most how many by each of the eight values of a status
   */
  static OldestOpen of(
      DynamoDbClient dynamoDb, String table, List<Status> statuses, Instant after, int most) {
    var found =
        statuses.stream()
            .flatMap(status -> OpenWork.all(status).stream())
            .map(open -> find(dynamoDb, table, open, after, most))
            .toList();
    var until = found.stream().flatMap(it -> it.until().stream()).min(Comparator.naturalOrder());
    var ids =
        found.stream()
            .flatMap(it -> it.ids().entrySet().stream())
            .filter(it -> until.filter(it.getValue()::isAfter).isEmpty())
            .map(Map.Entry::getKey);
    return new OldestOpen(ids, until);
  }

  private static Found find(
      DynamoDbClient dynamoDb, String table, String open, Instant after, int most) {
    var condition = "#open = :open AND #createdAt > :time";
    var page =
        dynamoDb.query(
            query ->
                query
                    .tableName(table)
                    .indexName("byOpen")
                    .keyConditionExpression(condition)
                    .expressionAttributeNames(Attributes.names(condition))
                    .expressionAttributeValues(Map.of(":open", text(open), ":time", time(after)))
                    .limit(most));
    var ids = new HashMap<RowId, Instant>();
    for (var item : page.items()) {
      var at = anyTime(item, "createdAt");
      text(item, "id")
          .flatMap(RowId::parse)
          .ifPresent(id -> at.ifPresent(time -> ids.put(id, time)));
    }
    return new Found(
        ids,
        Optional.of(page.lastEvaluatedKey())
            .filter(_ -> page.hasLastEvaluatedKey())
            .flatMap(last -> anyTime(last, "createdAt")));
  }
}
