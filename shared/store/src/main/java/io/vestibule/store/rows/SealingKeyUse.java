package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.text;

import io.vestibule.core.Status;
import io.vestibule.store.BatchRead;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Which sealing keys are still needed: those that a row names which is not done yet. */
public final class SealingKeyUse {

  private final DynamoDbClient dynamoDb;
  private final List<String> tables;

  public SealingKeyUse(DynamoDbClient dynamoDb, List<String> tables) {
    this.dynamoDb = dynamoDb;
    this.tables = List.copyOf(tables);
  }

  /**
   * The ids of the keys that open and held rows were sealed with.
   *
   * <p>A row that goes back meanwhile, from a status that is looked at later to one that was looked
   * at before, may be missed.
   */
  public Set<String> inUse() {
    return tables.stream().flatMap(this::inUse).collect(Collectors.toSet());
  }

  private Stream<String> inUse(String table) {
    var ids =
        Arrays.stream(Status.values()).flatMap(status -> OpenWork.ids(dynamoDb, table, status));
    return new BatchRead(dynamoDb, table, "id", "#id, #sealingKey")
        .consistently()
        .rows(ids)
        .flatMap(item -> text(item, "sealingKey").stream());
  }
}
