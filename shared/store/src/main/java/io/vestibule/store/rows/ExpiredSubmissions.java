package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.Status;
import io.vestibule.core.Timestamp;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * The table of submissions, or that of requests, as the books need it: what the time to live
 * deleted is remembered in it, as a row that says EXPIRED.
 *
 * <p>Its id is {@code <id>#<createdAt>}, not the submission's own. That one is free again: who
 * sends the same once more under the same key, days later, has handed in a new submission, which is
 * mailed and counted as one, and must not be taken for a retry of what is gone.
 */
public final class ExpiredSubmissions {

  private final DynamoDbClient dynamoDb;
  private final String table;

  public ExpiredSubmissions(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /**
   * Remembers a row that has expired.
   *
   * @return whether it was not remembered yet
   */
  public boolean add(OpenRow row, Instant now) {
    var item =
        Map.of(
            "id", text(row.id() + "#" + Timestamp.of(row.createdAt())),
            "form", text(row.form()),
            "status", text(Status.EXPIRED.name()),
            "createdAt", time(row.createdAt()),
            "doneAt", time(now),
            "expiresAt", seconds(now.plus(Tombstone.KEPT)));
    try {
      dynamoDb.putItem(
          put ->
              put.tableName(table)
                  .item(item)
                  .conditionExpression(Transitions.REMEMBER_EXPIRED.condition()));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }
}
