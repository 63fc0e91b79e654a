package io.vestibule.store;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * A row does not take a change, as it would be larger than DynamoDB lets an item be. No repetition
 * helps: whoever works on the row puts it aside, and goes on with those behind it.
 *
 * <p>Public functions can write columns of any size, and IAM knows no bound for one.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-items">Item
 *     size</a>
 */
public final class UnfitRow extends RuntimeException {

  /** As DynamoDB words it, of an update alone and of one in a transaction. */
  private static final String TOO_LARGE = "exceeded the maximum allowed size";

  public UnfitRow(Throwable cause) {
    super("a row that is too large for the change", cause);
  }

  /** Whether DynamoDB refused a write alone for the size that its item would have. */
  static boolean isTold(DynamoDbException refusal) {
    return refusal.awsErrorDetails() != null && isTold(refusal.awsErrorDetails().errorMessage());
  }

  /** Whether DynamoDB says so: anything else that it does not accept may be a mistake of ours. */
  static boolean isTold(@Nullable String message) {
    return message != null && message.contains(TOO_LARGE);
  }
}
