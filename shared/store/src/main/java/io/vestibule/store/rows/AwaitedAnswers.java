package io.vestibule.store.rows;

import io.vestibule.core.Destination;
import io.vestibule.core.OperatorCode;
import io.vestibule.core.RowId;
import io.vestibule.store.RowChange;
import io.vestibule.store.UnfitRow;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * The requests table as the delivery uses it: it counts who has answered, and does nothing else.
 */
public final class AwaitedAnswers {

  private static final Logger LOG = LoggerFactory.getLogger(AwaitedAnswers.class);

  private final DynamoDbClient dynamoDb;
  private final String table;

  public AwaitedAnswers(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /**
   * One more has answered, or need not: it is in the table of recipients by now. Whoever signs is
   * woken by it. Counting once too often does no harm, and what cannot be counted keeps no end from
   * being settled: somebody else wrote something into the row that is no count, or filled it.
   *
   * @param request its id; what is none, nobody has asked for
   */
  public void count(String request) {
    RowId.parse(request)
        .filter(id -> id.destination() == Destination.DELETION)
        .map(id -> Transitions.COUNT_ANSWER.change(table, id, Map.of()))
        .ifPresent(this::count);
  }

  private void count(RowChange change) {
    try {
      change.apply(dynamoDb);
    } catch (UnfitRow e) {
      uncounted();
    } catch (DynamoDbException e) {
      if (!isNoNumber(e)) {
        throw e;
      }
      uncounted();
    }
  }

  private static boolean isNoNumber(DynamoDbException refusal) {
    return refusal.awsErrorDetails() != null
        && "ValidationException".equals(refusal.awsErrorDetails().errorCode());
  }

  private static void uncounted() {
    LOG.warn("An answer cannot be counted", OperatorCode.ROW_FORGED.entry());
  }
}
