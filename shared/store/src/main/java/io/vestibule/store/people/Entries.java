package io.vestibule.store.people;

import static io.vestibule.store.Attributes.bytes;
import static io.vestibule.store.Attributes.required;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.EntryId;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * The table of entries: each submission that was confirmed, as it was handed in. A customer's
 * record has the newest value of each field; what somebody wrote before is here.
 */
public final class Entries {

  /** The state of an entry that nobody has taken up. */
  private static final String NEW = "new";

  private final String table;

  public Entries(String table) {
    this.table = table;
  }

  /**
   * An entry as stored. Everything but the ciphertext is bound to it as associated data.
   *
   * @param formVersion which rules the form had: {@code Form.version()}
   * @param receivedAt when intake took it in
   */
  public record EntryRow(
      String customerId,
      EntryId entryId,
      String form,
      String formVersion,
      Instant receivedAt,
      byte[] ciphertext) {}

  /**
   * An item as a row.
   *
   * @throws IllegalStateException if it lacks something, and so is none that we write
   */
  public static EntryRow row(Map<String, AttributeValue> item) {
    return new EntryRow(
        required(text(item, "customerId"), "customerId"),
        new EntryId(required(text(item, "entryId"), "entryId")),
        required(text(item, "form"), "form"),
        required(text(item, "formVersion"), "formVersion"),
        required(time(item, "receivedAt"), "receivedAt"),
        required(bytes(item, "ciphertext"), "ciphertext"));
  }

  /** The row, unless it is there: what was confirmed is never overwritten. */
  TransactWriteItem add(EntryRow row, Instant now) {
    return TransactWriteItem.builder()
        .put(
            put ->
                put.tableName(table)
                    .item(
                        Map.of(
                            "customerId", text(row.customerId()),
                            "entryId", text(row.entryId().value()),
                            "form", text(row.form()),
                            "formVersion", text(row.formVersion()),
                            "number", text(row.entryId().number().value()),
                            "state", text(NEW),
                            "ciphertext", bytes(row.ciphertext()),
                            "receivedAt", time(row.receivedAt()),
                            "createdAt", time(now)))
                    .conditionExpression("attribute_not_exists(customerId)"))
        .build();
  }
}
