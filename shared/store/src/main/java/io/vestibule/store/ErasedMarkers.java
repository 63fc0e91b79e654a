package io.vestibule.store;

import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * The rows {@code erased#<emailIndex>} beside the mail limits: for 45 days they tell that what was
 * handed in before the erasure, and is pressed after it, is covered by it.
 */
public final class ErasedMarkers {

  private final String table;

  public ErasedMarkers(String table) {
    this.table = table;
  }

  /** That nobody with this address was erased since the submission came in. */
  TransactWriteItem absentSince(String emailIndex, Instant receivedAt) {
    return TransactWriteItem.builder()
        .conditionCheck(
            check ->
                check
                    .tableName(table)
                    .key(Map.of("key", text("erased#" + emailIndex)))
                    .conditionExpression("attribute_not_exists(erasedAt) OR erasedAt < :receivedAt")
                    .expressionAttributeValues(Map.of(":receivedAt", time(receivedAt))))
        .build();
  }
}
