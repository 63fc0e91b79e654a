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

  /**
   * The value for a row.
   *
   * <p>What a mailer has claimed goes on as PENDING here: it is owed a mail until that is out. To
   * move it would be two writes of the index, at twice the price in the claim's transaction. Who
   * finds a row by this goes by the row's own status.
   */
  public static String of(Status status, RowId id) {
    var owed = status == Status.MAILING ? Status.PENDING : status;
    return owed + "#" + Math.floorMod(id.value().hashCode(), SHARDS);
  }

  /** All values of a status; of MAILING only rows that an earlier version has claimed have one. */
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
