package io.vestibule.bench;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** A table beside the system's, without an index and without a stream. */
final class OwnTable {

  static final String NAME = "plain";
  static final String KEY = "id";

  private OwnTable() {}

  /** Creates it, unless it is there. */
  static void create(DynamoDbClient dynamoDb) {
    var key = KeySchemaElement.builder().attributeName(KEY).keyType(KeyType.HASH).build();
    var text =
        AttributeDefinition.builder()
            .attributeName(KEY)
            .attributeType(ScalarAttributeType.S)
            .build();
    try {
      dynamoDb.createTable(
          table ->
              table
                  .tableName(NAME)
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .keySchema(key)
                  .attributeDefinitions(text));
    } catch (ResourceInUseException e) {
      // Another part has made it.
    }
  }
}
