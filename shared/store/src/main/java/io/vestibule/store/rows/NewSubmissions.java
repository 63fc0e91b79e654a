package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.bytes;
import static io.vestibule.store.Attributes.text;

import io.vestibule.store.Cancellation;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The table of submissions, or that of requests, as intake uses it: it adds rows. Each is one
 * write, which is the commit, and its stream is the outbox.
 */
public final class NewSubmissions {

  private static final String IS_NEW = Transitions.TAKE_IN.condition();

  /** Holds for no row, whether there is one or not. */
  private static final String NEVER = "attribute_exists(id) AND attribute_not_exists(id)";

  /** No row has such an id. */
  private static final Map<String, AttributeValue> NO_ROW = Map.of("id", text("-"));

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
      // After more than one attempt it may be our own row: the SDK repeats a write whose answer got
      // lost.
      boolean isRepetition = e.numAttempts() != null && e.numAttempts() > 1;
      return isRepetition && isThere(submission) ? Result.ADDED : Result.REPEATED;
    }
  }

  /**
   * Whether the row is this very one, which nobody else can have written: what is sealed twice
   * differs, even if it is the same.
   *
   * <p>It is asked by a transaction that never takes effect, as one of its conditions holds for no
   * row; DynamoDB tells which conditions failed. So this costs a call only where an answer got
   * lost, and who adds rows learns one bit of a row and needs no right to read any. DynamoDB could
   * give the whole row back instead, and IAM cannot forbid it: that is no reason to ask for it.
   */
  private boolean isThere(NewSubmission submission) {
    var sealed = Map.of(":sealed", bytes(submission.sealed().ciphertext()));
    try {
      dynamoDb.transactWriteItems(
          request ->
              request.transactItems(
                  put(
                      it ->
                          it.item(submission.item())
                              .conditionExpression("sealed = :sealed")
                              .expressionAttributeValues(sealed)),
                  put(it -> it.item(NO_ROW).conditionExpression(NEVER))));
      throw new IllegalStateException("a condition held that cannot");
    } catch (TransactionCanceledException e) {
      return !Cancellation.of(e).failedAt(ROW);
    } catch (SdkException e) {
      // The row is there in any case: who cannot find out whose it is believes that it is new.
      return true;
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
            request -> request.transactItems(add(submission.item()), add(challenge.item())));
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

  private TransactWriteItem add(Map<String, AttributeValue> item) {
    return put(it -> it.item(item).conditionExpression(IS_NEW));
  }

  private TransactWriteItem put(Consumer<Put.Builder> what) {
    return TransactWriteItem.builder()
        .put(Put.builder().tableName(table).applyMutation(what).build())
        .build();
  }
}
