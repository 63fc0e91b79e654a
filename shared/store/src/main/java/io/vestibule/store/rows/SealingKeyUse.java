package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.text;

import io.vestibule.core.Status;
import io.vestibule.store.Attributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** Which sealing keys are still needed: those that a row names which is not done yet. */
public final class SealingKeyUse {

  /** The most that DynamoDB reads in one BatchGetItem. */
  private static final int BATCH = 100;

  private final DynamoDbClient dynamoDb;
  private final List<String> tables;

  public SealingKeyUse(DynamoDbClient dynamoDb, List<String> tables) {
    this.dynamoDb = dynamoDb;
    this.tables = List.copyOf(tables);
  }

  /** The ids of the keys that open and held rows were sealed with. */
  public Set<String> inUse() {
    return tables.stream().flatMap(table -> inUse(table).stream()).collect(Collectors.toSet());
  }

  private Set<String> inUse(String table) {
    List<Map<String, AttributeValue>> keys = new ArrayList<>();
    for (Status status : Status.values()) {
      OpenWork.keys(dynamoDb, table, status).forEach(keys::add);
    }
    Set<String> inUse = new HashSet<>();
    for (int from = 0; from < keys.size(); from += BATCH) {
      inUse.addAll(sealingKeysOf(table, keys.subList(from, Math.min(from + BATCH, keys.size()))));
    }
    return inUse;
  }

  private Set<String> sealingKeysOf(String table, List<Map<String, AttributeValue>> keys) {
    Set<String> found = new HashSet<>();
    var columns = "#id, #sealingKey";
    var batch =
        KeysAndAttributes.builder()
            .keys(keys)
            .consistentRead(true)
            .projectionExpression(columns)
            .expressionAttributeNames(Attributes.names(columns))
            .build();
    dynamoDb
        .batchGetItemPaginator(get -> get.requestItems(Map.of(table, batch)))
        .forEach(
            page ->
                page.responses()
                    .getOrDefault(table, List.of())
                    .forEach(item -> text(item, "sealingKey").ifPresent(found::add)));
    return found;
  }
}
