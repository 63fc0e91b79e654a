package io.vestibule.backup.restore;

import static io.vestibule.store.Attributes.required;
import static io.vestibule.store.Attributes.text;

import io.vestibule.backup.CustomerId;
import io.vestibule.store.Attributes;
import io.vestibule.store.BatchRead;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * The identities table that is in use, as a restore needs it. What is there stays, unless it is an
 * older version of the same customer's. No key is read from it.
 */
record LiveIdentities(DynamoDbClient dynamoDb, String table) {

  private static final String COLUMNS = "#emailIndex, #customerId, #version";

  /** Or names nobody: such a row is none of ours, and no key is lost with it. */
  private static final String IS_MISSING = "attribute_not_exists(#customerId)";

  private static final String IS_OLDER =
      " OR (#customerId = :customerId AND (attribute_not_exists(#version) OR #version < :version))";
  private static final String IS_THE_CUSTOMERS = "#customerId = :customerId";

  /** Whose an identity is, and which version of it. */
  record Known(String customerId, Optional<BigDecimal> version) {

    static Known of(Map<String, AttributeValue> identity) {
      return new Known(
          CustomerId.of(identity),
          Optional.ofNullable(identity.get("version")).map(AttributeValue::n).map(BigDecimal::new));
    }

    /** Whether it is an earlier version of the same customer's. */
    boolean isOlderThan(Known other) {
      return customerId.equals(other.customerId)
          && other
              .version
              .filter(it -> version.map(mine -> mine.compareTo(it) < 0).orElse(true))
              .isPresent();
    }
  }

  static String emailIndex(Map<String, AttributeValue> identity) {
    return required(text(identity, "emailIndex"), "emailIndex");
  }

  /** Who is there under the same addresses, by these: a call for a hundred. */
  Map<String, Known> find(List<Map<String, AttributeValue>> identities) {
    return new BatchRead(dynamoDb, table, "emailIndex", COLUMNS)
        .consistently()
        .rows(identities.stream().map(LiveIdentities::emailIndex))
        .filter(identity -> CustomerId.find(identity).isPresent())
        .collect(Collectors.toMap(LiveIdentities::emailIndex, Known::of));
  }

  /**
   * Adds an identity, or replaces an older version of it, or a row that names nobody.
   *
   * @return whether there was nobody, or an older version
   */
  boolean put(Map<String, AttributeValue> identity) {
    var version = identity.get("version");
    var condition = version == null ? IS_MISSING : IS_MISSING + IS_OLDER;
    try {
      dynamoDb.putItem(
          put ->
              put.tableName(table)
                  .item(identity)
                  .conditionExpression(condition)
                  .expressionAttributeNames(Attributes.names(condition))
                  .expressionAttributeValues(
                      version == null
                          ? null
                          : Map.of(
                              ":customerId", text(CustomerId.of(identity)), ":version", version)));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }

  /**
   * Deletes this very identity: the address may have come back, under another number.
   *
   * @return whether it was there
   */
  boolean delete(Map<String, AttributeValue> identity) {
    try {
      dynamoDb.deleteItem(
          delete ->
              delete
                  .tableName(table)
                  .key(Map.of("emailIndex", text(emailIndex(identity))))
                  .conditionExpression(IS_THE_CUSTOMERS)
                  .expressionAttributeNames(Attributes.names(IS_THE_CUSTOMERS))
                  .expressionAttributeValues(Map.of(":customerId", text(CustomerId.of(identity)))));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }
}
