package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.RowId;
import io.vestibule.core.Status;
import io.vestibule.store.Attributes;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Goes round the open rows of a status: so many at a time, and then on from there. So however many
 * there are, none hides another for longer than a round takes.
 *
 * <p>Where it stands is in memory. Another environment begins anywhere: who always began at the
 * oldest would never come to the others, if there are too many.
 */
public final class Round {

  /** Within this time most rows were created that are still open. */
  private static final Duration WITHIN = Duration.ofDays(30);

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final List<String> parts;
  private final RandomGenerator random;

  private int part;
  private Optional<Map<String, AttributeValue>> last = Optional.empty();
  private boolean hasBegun;

  Round(DynamoDbClient dynamoDb, String table, Status status, RandomGenerator random) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.parts = OpenWork.all(status);
    this.random = random;
  }

  /**
   * The next rows that were created before a time; all of them, if there are no more than so many.
   * The index lags by moments.
   *
   * @param most how many
   */
  public synchronized Set<RowId> next(Instant time, int most) {
    if (!hasBegun) {
      begin(time);
    }
    var ids = new LinkedHashSet<RowId>();
    // Once more in the part where it begins: what is before that place comes last.
    int ended = 0;
    while (ids.size() < most && ended <= parts.size()) {
      var page = read(time, most - ids.size());
      page.items().forEach(item -> text(item, "id").flatMap(RowId::parse).ifPresent(ids::add));
      if (page.hasLastEvaluatedKey() && !page.lastEvaluatedKey().isEmpty()) {
        last = Optional.of(page.lastEvaluatedKey());
      } else {
        last = Optional.empty();
        part = (part + 1) % parts.size();
        ended++;
      }
    }
    return ids;
  }

  private void begin(Instant time) {
    part = random.nextInt(parts.size());
    var at = time.minusSeconds(1 + random.nextLong(WITHIN.toSeconds()));
    last =
        Optional.of(Map.of("open", text(parts.get(part)), "createdAt", time(at), "id", text("-")));
    hasBegun = true;
  }

  /** A clock that was set back may stand before the place: then its part begins anew. */
  private QueryResponse read(Instant time, int most) {
    var condition = "#open = :open AND #createdAt < :time";
    last = last.filter(it -> Attributes.time(it, "createdAt").filter(time::isAfter).isPresent());
    return dynamoDb.query(
        query ->
            query
                .tableName(table)
                .indexName("byOpen")
                .keyConditionExpression(condition)
                .expressionAttributeNames(Attributes.names(condition))
                .expressionAttributeValues(
                    Map.of(":open", text(parts.get(part)), ":time", time(time)))
                .exclusiveStartKey(last.orElse(null))
                .limit(most));
  }
}
