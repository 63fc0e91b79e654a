package io.vestibule.backup.restore;

import io.vestibule.backup.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.SSEType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;

/** Tables for what is restored, with the keys and the encryption of the live ones. */
public final class NewTables {

  private final DynamoDbClient dynamoDb;
  private final String tableKeyArn;

  public NewTables(DynamoDbClient dynamoDb, String tableKeyArn) {
    this.dynamoDb = dynamoDb;
    this.tableKeyArn = tableKeyArn;
  }

  /** Makes a table, unless there is one: an earlier restore may have died after this. */
  public Target create(String name, Kind kind) {
    Map<String, KeyType> keys = keys(kind);
    try {
      dynamoDb.createTable(
          table ->
              table
                  .tableName(name)
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .attributeDefinitions(keys.keySet().stream().map(NewTables::attribute).toList())
                  .keySchema(
                      keys.entrySet().stream()
                          .map(key -> element(key.getKey(), key.getValue()))
                          .toList())
                  .sseSpecification(
                      sse -> sse.enabled(true).sseType(SSEType.KMS).kmsMasterKeyId(tableKeyArn)));
    } catch (ResourceInUseException e) {
      // It is there.
    }
    try (var waiter = DynamoDbWaiter.builder().client(dynamoDb).build()) {
      waiter.waitUntilTableExists(table -> table.tableName(name));
    }
    return new Target.NewTable(dynamoDb, name);
  }

  private static Map<String, KeyType> keys(Kind kind) {
    Map<String, KeyType> keys = new LinkedHashMap<>();
    keys.put(kind.key(), KeyType.HASH);
    var sortKey = kind.sortKey();
    if (sortKey != null) {
      keys.put(sortKey, KeyType.RANGE);
    }
    return keys;
  }

  private static AttributeDefinition attribute(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement element(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  public boolean isThere(String name) {
    try {
      dynamoDb.describeTable(describe -> describe.tableName(name));
      return true;
    } catch (ResourceNotFoundException e) {
      return false;
    }
  }

  /** Drops a table, if there is one, in whatever state a run that died has left it. */
  public void drop(String name) {
    try (var waiter = DynamoDbWaiter.builder().client(dynamoDb).build()) {
      var table = dynamoDb.describeTable(describe -> describe.tableName(name)).table();
      if (table.tableStatus() == TableStatus.CREATING) {
        waiter.waitUntilTableExists(describe -> describe.tableName(name));
      }
      if (table.tableStatus() != TableStatus.DELETING) {
        dynamoDb.deleteTable(delete -> delete.tableName(name));
      }
      waiter.waitUntilTableNotExists(describe -> describe.tableName(name));
    } catch (ResourceNotFoundException e) {
      // There is none.
    }
  }
}
