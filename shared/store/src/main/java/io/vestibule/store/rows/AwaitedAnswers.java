package io.vestibule.store.rows;

import io.vestibule.core.Destination;
import io.vestibule.core.RowId;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The requests table as the delivery uses it: it counts who has answered, and does nothing else.
 */
public final class AwaitedAnswers {

  private final DynamoDbClient dynamoDb;
  private final String table;

  public AwaitedAnswers(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /**
   * One more has answered, or need not: it is in the table of recipients by now. Whoever signs is
   * woken by it. Counting once too often does no harm.
   *
   * @param request its id; what is none, nobody has asked for
   */
  public void count(String request) {
    RowId.parse(request)
        .filter(id -> id.destination() == Destination.DELETION)
        .map(id -> Transitions.COUNT_ANSWER.change(table, id, Map.of()))
        .ifPresent(it -> it.apply(dynamoDb));
  }
}
