package io.vestibule.store.people;

import static io.vestibule.store.Attributes.bytes;
import static io.vestibule.store.Attributes.number;
import static io.vestibule.store.Attributes.required;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** The customers table: numbers and ciphertext, and the table that is backed up. */
public final class Customers {

  private final DynamoDbClient dynamoDb;
  private final String table;

  public Customers(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /**
   * A customer as stored. Everything but the ciphertext is bound to it as associated data.
   *
   * @param version 1 when the customer is new; higher with every change
   * @param verifiedAt when the customer last confirmed the address
   */
  public record CustomerRow(
      String customerId, int version, byte[] ciphertext, Instant createdAt, Instant verifiedAt) {}

  public Optional<CustomerRow> find(String customerId) {
    return row(
        dynamoDb
            .getItem(get -> get.tableName(table).key(key(customerId)).consistentRead(true))
            .item());
  }

  TransactGetItem read(String customerId) {
    return TransactGetItem.builder().get(get -> get.tableName(table).key(key(customerId))).build();
  }

  /** An item as a row; empty if the item is. */
  static Optional<CustomerRow> row(Map<String, AttributeValue> item) {
    if (item.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new CustomerRow(
            required(text(item, "customerId"), "customerId"),
            required(number(item, "version"), "version"),
            required(bytes(item, "ciphertext"), "ciphertext"),
            required(time(item, "createdAt"), "createdAt"),
            required(time(item, "verifiedAt"), "verifiedAt")));
  }

  private static Map<String, AttributeValue> key(String customerId) {
    return Map.of("customerId", text(customerId));
  }

  /** The row as the next version, if the table still holds the one that was read. */
  TransactWriteItem put(CustomerVersion next, Instant now) {
    var row = next.row();
    var put =
        Put.builder()
            .tableName(table)
            .item(
                Map.of(
                    "customerId", text(row.customerId()),
                    "version", number(row.version()),
                    "ciphertext", bytes(row.ciphertext()),
                    "createdAt", time(row.createdAt()),
                    "verifiedAt", time(row.verifiedAt()),
                    "updatedAt", time(now)));
    if (next.isNew()) {
      put.conditionExpression("attribute_not_exists(customerId)");
    } else {
      put.conditionExpression("version = :before")
          .expressionAttributeValues(Map.of(":before", number(next.before())));
    }
    return TransactWriteItem.builder().put(put.build()).build();
  }

  /** That there is no such customer. */
  TransactWriteItem absent(String customerId) {
    return TransactWriteItem.builder()
        .conditionCheck(
            check ->
                check
                    .tableName(table)
                    .key(key(customerId))
                    .conditionExpression("attribute_not_exists(customerId)"))
        .build();
  }

  /** Deletes the row, if nobody has changed the customer since: a hold is such a change. */
  TransactWriteItem remove(CustomerRow row) {
    return TransactWriteItem.builder()
        .delete(
            delete ->
                delete
                    .tableName(table)
                    .key(key(row.customerId()))
                    .conditionExpression("version = :version")
                    .expressionAttributeValues(Map.of(":version", number(row.version()))))
        .build();
  }
}
