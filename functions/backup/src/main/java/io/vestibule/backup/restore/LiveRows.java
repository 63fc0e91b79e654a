package io.vestibule.backup.restore;

import io.vestibule.store.Attributes;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** The rows of a table that is in use: what is there is newer than any copy, and stays. */
record LiveRows(DynamoDbClient dynamoDb, String table) {

  /** Any column of the key will do: the condition is asked of the row with the whole key. */
  private static final String IS_MISSING = "attribute_not_exists(#customerId)";

  /**
   * Adds a row.
   *
   * @return whether there was none under its key
   */
  boolean add(Map<String, AttributeValue> row) {
    try {
      dynamoDb.putItem(
          put ->
              put.tableName(table)
                  .item(row)
                  .conditionExpression(IS_MISSING)
                  .expressionAttributeNames(Attributes.names(IS_MISSING)));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }
}
