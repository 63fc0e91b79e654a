package io.vestibule.store;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The submissions table as intake uses it: it adds rows. Each is one write, which is the commit,
 * and its stream is the outbox.
 */
public final class NewSubmissions {

  private static final String IS_NEW = "attribute_not_exists(id)";
  private static final String CONDITION_FAILED = "ConditionalCheckFailed";
  private static final String CONFLICT = "TransactionConflict";

  /** Two posts of one page at once get in each other's way; the third has lost to both. */
  private static final int MOST_ATTEMPTS = 3;

  private final DynamoDbClient dynamoDb;
  private final String table;

  public NewSubmissions(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /** What came of it. */
  public enum Result {
    ADDED,
    /** There is a row of this id already, in whatever state; nothing was written. */
    REPEATED,
    /** The challenge was used for something else before; nothing was written. */
    SPENT
  }

  /** Takes a submission in. */
  public Result add(NewSubmission submission) {
    try {
      dynamoDb.putItem(
          put -> put.tableName(table).item(submission.item()).conditionExpression(IS_NEW));
      return Result.ADDED;
    } catch (ConditionalCheckFailedException e) {
      // After more than one attempt the row is our own: the SDK repeated a write whose answer got
      // lost.
      return e.numAttempts() != null && e.numAttempts() > 1 ? Result.ADDED : Result.REPEATED;
    }
  }

  /**
   * Takes a submission in together with the mark that its challenge is spent, or neither. The SDK
   * names each transaction, so its own repetition of one whose answer got lost is no second.
   */
  public Result add(NewSubmission submission, SpentChallenge challenge) {
    for (int attempt = 1; ; attempt++) {
      try {
        dynamoDb.transactWriteItems(
            request -> request.transactItems(put(submission.item()), put(challenge.item())));
        return Result.ADDED;
      } catch (TransactionCanceledException e) {
        var reasons = e.cancellationReasons();
        // The row goes first: whoever repeats a post repeats its challenge with it.
        if (is(CONDITION_FAILED, reasons.getFirst())) {
          return Result.REPEATED;
        }
        if (is(CONDITION_FAILED, reasons.getLast())) {
          return Result.SPENT;
        }
        if (attempt == MOST_ATTEMPTS || !isConflict(reasons)) {
          throw e;
        }
      }
    }
  }

  private TransactWriteItem put(Map<String, AttributeValue> item) {
    return TransactWriteItem.builder()
        .put(put -> put.tableName(table).item(item).conditionExpression(IS_NEW))
        .build();
  }

  private static boolean isConflict(List<CancellationReason> reasons) {
    return reasons.stream().anyMatch(reason -> is(CONFLICT, reason));
  }

  private static boolean is(String code, CancellationReason reason) {
    return code.equals(reason.code());
  }
}
