package io.vestibule.backup.restore;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * The rows of a table that is in use: what is there is newer than any copy, and stays.
 *
 * @param key the table's partition key, its only one
 */
record LiveRows(DynamoDbClient dynamoDb, String table, String key) {

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
                  .conditionExpression("attribute_not_exists(#key)")
                  .expressionAttributeNames(Map.of("#key", key)));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }
}
