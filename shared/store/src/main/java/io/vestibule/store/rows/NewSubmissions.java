package io.vestibule.store.rows;

import io.vestibule.store.Cancellation;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The table of submissions, or that of requests, as intake uses it: it adds rows. Each is one
 * write, which is the commit, and its stream is the outbox.
 */
public final class NewSubmissions {

  private static final String IS_NEW = "attribute_not_exists(id)";

  /** Two posts of one page at once get in each other's way; the third has lost to both. */
  private static final int MOST_ATTEMPTS = 3;

  /** Places in the transaction, by which AWS tells what failed. */
  private static final int ROW = 0;

  private static final int CHALLENGE = 1;

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
        var cancellation = Cancellation.of(e);
        // The row goes first: whoever repeats a post repeats its challenge with it.
        if (cancellation.failedAt(ROW)) {
          return Result.REPEATED;
        }
        if (cancellation.failedAt(CHALLENGE)) {
          return Result.SPENT;
        }
        if (attempt == MOST_ATTEMPTS || !cancellation.isConflict()) {
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
}
