package io.vestibule.store;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
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

  /** Makes the change now; false if the condition does not hold. */
  public boolean apply(DynamoDbClient dynamoDb) {
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
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
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
