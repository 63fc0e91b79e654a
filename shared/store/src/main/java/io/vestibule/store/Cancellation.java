package io.vestibule.store;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Why a transaction came to nothing, action by action in the order of the transaction.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html">TransactWriteItems</a>
 */
public record Cancellation(List<CancellationReason> reasons) {

  private static final String CONDITION_FAILED = "ConditionalCheckFailed";
  private static final String CONFLICT = "TransactionConflict";

  public static Cancellation of(TransactionCanceledException canceled) {
    return new Cancellation(canceled.cancellationReasons());
  }

  /** Whether the condition of the action at this place, from 0, did not hold. */
  public boolean failedAt(int place) {
    return place < reasons.size() && CONDITION_FAILED.equals(reasons.get(place).code());
  }

  /** The item of the action at this place as it is, if that was asked for; else empty. */
  public Map<String, AttributeValue> itemAt(int place) {
    return reasons.get(place).item();
  }

  /**
   * Tells that the item of the action at this place would have become too large.
   *
   * @throws UnfitRow if it would
   */
  public void requireFitAt(int place, TransactionCanceledException canceled) {
    if (place < reasons.size() && UnfitRow.isTold(reasons.get(place).message())) {
      throw new UnfitRow(canceled);
    }
  }

  /** Whether any condition did not hold. */
  public boolean isFailure() {
    return reasons.stream().anyMatch(reason -> CONDITION_FAILED.equals(reason.code()));
  }

  /** Whether another write to one of the items came in between. */
  public boolean isConflict() {
    return reasons.stream().anyMatch(reason -> CONFLICT.equals(reason.code()));
  }
}
