package io.vestibule.local.aws;

import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** A table of DynamoDB with nothing but a key, for {@code createTable} of its client. */
public final class PlainTable {

  private PlainTable() {}

  /**
   * One without a stream.
   *
   * @param key the attribute that is its key, a text
   */
  public static Consumer<CreateTableRequest.Builder> of(String name, String key) {
    return table ->
        table
            .tableName(name)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(
                AttributeDefinition.builder()
                    .attributeName(key)
                    .attributeType(ScalarAttributeType.S)
                    .build())
            .keySchema(KeySchemaElement.builder().attributeName(key).keyType(KeyType.HASH).build());
  }

  /** The same with a stream, which has each item as it was and as it is. */
  public static Consumer<CreateTableRequest.Builder> withStream(String name, String key) {
    return of(name, key)
        .andThen(
            table ->
                table.streamSpecification(
                    stream ->
                        stream
                            .streamEnabled(true)
                            .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)));
  }
}
