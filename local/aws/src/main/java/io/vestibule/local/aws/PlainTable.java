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
            .attributeDefinitions(text(key))
            .keySchema(key(key, KeyType.HASH));
  }

  /** An attribute that is a part of a key, a text. */
  public static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  /** A part of the key of a table or an index. */
  public static KeySchemaElement key(String attribute, KeyType type) {
    return KeySchemaElement.builder().attributeName(attribute).keyType(type).build();
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
