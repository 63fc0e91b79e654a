package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.anyTime;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.RowId;
import io.vestibule.core.Status;
import io.vestibule.store.Attributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The oldest ids that the index {@code byOpen} has after a time. Who asks again after {@code until}
 * gets each once: a moment is never divided, unless more than {@value #MOST_OF_A_MOMENT} rows of
 * one value of {@code open} are of it. What it has beyond is found when those before it are done.
 *
 * @param ids in no order
 * @param until up to when they are all that there are; empty if there are no more at all
 */
record OldestOpen(Stream<RowId> ids, Optional<Instant> until) {

  /**
   * Nobody reads more on a page. Letters have the day as their moment, and a flood may have any.
   */
  private static final int MOST_OF_A_MOMENT = 1_000;

  private record Found(SortedMap<Instant, List<RowId>> ids, Optional<Instant> until) {}

  /**
   * Looks for them.
   *
   * @param most about how many by each of the eight values of a status: one call finds them, unless
   *     all of these are of one moment
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
            .filter(it -> until.filter(it.getKey()::isAfter).isEmpty())
            .flatMap(it -> it.getValue().stream());
    return new OldestOpen(ids, until);
  }

  private static Found find(
      DynamoDbClient dynamoDb, String table, String open, Instant after, int most) {
    var condition = "#open = :open AND #createdAt > :time";
    var pages =
        dynamoDb.queryPaginator(
            query ->
                query
                    .tableName(table)
                    .indexName("byOpen")
                    .keyConditionExpression(condition)
                    .expressionAttributeNames(Attributes.names(condition))
                    .expressionAttributeValues(Map.of(":open", text(open), ":time", time(after)))
                    .limit(most + 1));
    var moments = new TreeMap<Instant, List<RowId>>();
    for (var page : pages) {
      page.items().forEach(item -> add(item, moments));
      if (page.hasLastEvaluatedKey() && isEnough(moments)) {
        return upToAWholeMoment(moments);
      }
    }
    return new Found(moments, Optional.empty());
  }

  /** What has no time that can be read is none of ours, and is passed over. */
  private static void add(Map<String, AttributeValue> item, Map<Instant, List<RowId>> moments) {
    anyTime(item, "createdAt")
        .ifPresent(
            at ->
                text(item, "id")
                    .flatMap(RowId::parse)
                    .ifPresent(id -> moments.computeIfAbsent(at, _ -> new ArrayList<>()).add(id)));
  }

  private static boolean isEnough(SortedMap<Instant, List<RowId>> moments) {
    return moments.size() > 1
        || moments.values().stream().anyMatch(it -> it.size() >= MOST_OF_A_MOMENT);
  }

  /** The call has ended within the last moment, perhaps; all before it is there. */
  private static Found upToAWholeMoment(TreeMap<Instant, List<RowId>> moments) {
    if (moments.size() > 1) {
      moments.pollLastEntry();
    }
    return new Found(moments, Optional.of(moments.lastKey()));
  }
}
