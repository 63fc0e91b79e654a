package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.required;
import static io.vestibule.store.Attributes.text;

import io.vestibule.core.RowId;
import io.vestibule.core.Status;
import io.vestibule.store.Attributes;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The attribute {@code open}, which a submission has until it is done, and by which the index
 * {@code byOpen} finds what is still owed.
 *
 * <p>Every status is spread over eight values: with one, all new submissions of a busy hour would
 * go to one partition of the index, and an index that is throttled throttles the table.
 */
public final class OpenWork {

  private static final int SHARDS = 8;

  private OpenWork() {}

  public static String of(Status status, RowId id) {
    return status + "#" + Math.floorMod(id.value().hashCode(), SHARDS);
  }

  static List<String> all(Status status) {
    return IntStream.range(0, SHARDS).mapToObj(shard -> status + "#" + shard).toList();
  }

  /** The ids of a table's rows in a status, as the index has them: it lags by moments. */
  static Stream<String> ids(DynamoDbClient dynamoDb, String table, Status status) {
    return all(status).stream().flatMap(open -> ids(dynamoDb, table, open));
  }

  private static Stream<String> ids(DynamoDbClient dynamoDb, String table, String open) {
    return dynamoDb
        .queryPaginator(
            query ->
                query
                    .tableName(table)
                    .indexName("byOpen")
                    .keyConditionExpression("#open = :open")
                    .expressionAttributeNames(Attributes.names("#open"))
                    .expressionAttributeValues(Map.of(":open", text(open))))
        .items()
        .stream()
        .map(item -> required(text(item, "id"), "id"));
  }
}
