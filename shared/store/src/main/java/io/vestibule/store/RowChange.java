package io.vestibule.store;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * A conditional change of one row, to be made alone or as part of a transaction.
 *
 * <p>Every condition begins with the row's existence: an update of a row that expired meanwhile
 * would otherwise make a new one, a ghost without content.
 *
 * @param change an update expression in which every attribute is written as {@code #name}
 * @param condition a condition expression in the same notation
 */
public record RowChange(
    String table,
    Map<String, AttributeValue> key,
    String change,
    String condition,
    Map<String, AttributeValue> values) {

  /** What a change did. */
  public enum Effect {
    /** The row is changed. */
    MADE,
    /** The condition did not hold, and nothing was changed. */
    REFUSED,
    /**
     * The condition did not hold for a repetition: the SDK repeats a write whose answer got lost,
     * which may then meet itself. The row tells whether the change was made.
     */
    UNCLEAR
  }

  /**
   * Makes the change now; false if the condition does not hold, or holds no more.
   *
   * @throws UnfitRow if the row would become too large
   */
  public boolean apply(DynamoDbClient dynamoDb) {
    return attempt(dynamoDb) == Effect.MADE;
  }

  /**
   * Makes the change now, for a caller to whom a repetition's refusal makes a difference.
   *
   * @throws UnfitRow if the row would become too large
   */
  public Effect attempt(DynamoDbClient dynamoDb) {
    try {
      dynamoDb.updateItem(
          update ->
              update
                  .tableName(table)
                  .key(key)
                  .updateExpression(change)
                  .conditionExpression(condition)
                  .expressionAttributeNames(Attributes.names(change, condition))
                  .expressionAttributeValues(values));
      return Effect.MADE;
    } catch (ConditionalCheckFailedException e) {
      return e.numAttempts() != null && e.numAttempts() > 1 ? Effect.UNCLEAR : Effect.REFUSED;
    } catch (DynamoDbException e) {
      if (UnfitRow.isTold(e)) {
        throw new UnfitRow(e);
      }
      throw e;
    }
  }

  /** The change as part of a transaction, which tells the row as it is if the condition fails. */
  public TransactWriteItem inTransaction() {
    var update =
        Update.builder()
            .tableName(table)
            .key(key)
            .updateExpression(change)
            .conditionExpression(condition)
            .expressionAttributeNames(Attributes.names(change, condition))
            .expressionAttributeValues(values)
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
            .build();
    return TransactWriteItem.builder().update(update).build();
  }
}
