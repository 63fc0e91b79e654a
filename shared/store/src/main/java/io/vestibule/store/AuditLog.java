package io.vestibule.store;

import static io.vestibule.store.Attributes.number;
import static io.vestibule.store.Attributes.text;

import io.vestibule.core.RowId;
import io.vestibule.core.Timestamp;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * The audit table: who did what to which customer, and when. Append-only, never with a value, and
 * written in the transaction that it records.
 */
public final class AuditLog {

  private final String table;

  public AuditLog(String table) {
    this.table = table;
  }

  TransactWriteItem stored(String customerId, int version, RowId submission, Instant now) {
    var item =
        Map.of(
            "customerId", text(customerId),
            "at#id", text(Timestamp.of(now) + "#" + submission),
            "actor", text("StoreFunction"),
            "action", text(version == 1 ? "created" : "merged"),
            "version", number(version));
    return TransactWriteItem.builder()
        .put(
            put ->
                put.tableName(table)
                    .item(item)
                    .conditionExpression("attribute_not_exists(customerId)"))
        .build();
  }
}
