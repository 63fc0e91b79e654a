package io.vestibule.store.people;

import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.store.Erasure;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * The rows {@code erased#<emailIndex>} beside the mail limits: for 45 days they tell that what was
 * handed in before the erasure, and is pressed after it, is covered by it.
 */
public final class ErasedAddresses {

  /**
   * Longer than anything can wait that was handed in before: what is held for 30 days, released on
   * the last, and confirmed when its link ends.
   */
  public static final Duration KEPT = Duration.ofDays(45);

  private final DynamoDbClient dynamoDb;
  private final String table;

  public ErasedAddresses(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /** Whether what came in at that time is covered by an erasure of the address. */
  public boolean cover(String emailIndex, Instant receivedAt) {
    var item =
        dynamoDb
            .getItem(
                get ->
                    get.tableName(table)
                        .key(Map.of("key", text(key(emailIndex))))
                        .consistentRead(true))
            .item();
    return time(item, "erasedAt").filter(erasedAt -> !erasedAt.isBefore(receivedAt)).isPresent();
  }

  /** The condition that nobody with this address was erased since the submission came in. */
  TransactWriteItem absentSince(String emailIndex, Instant receivedAt) {
    return TransactWriteItem.builder()
        .conditionCheck(
            check ->
                check
                    .tableName(table)
                    .key(Map.of("key", text(key(emailIndex))))
                    .conditionExpression("attribute_not_exists(erasedAt) OR erasedAt < :receivedAt")
                    .expressionAttributeValues(Map.of(":receivedAt", time(receivedAt))))
        .build();
  }

  /** Marks the address; an erasure that came before this one is covered by it. */
  TransactWriteItem add(Erasure erasure) {
    return TransactWriteItem.builder()
        .put(
            put ->
                put.tableName(table)
                    .item(
                        Map.of(
                            "key", text(key(erasure.emailIndex())),
                            "erasedAt", time(erasure.erasedAt()),
                            "expiresAt", seconds(erasure.erasedAt().plus(KEPT))))
                    .conditionExpression("attribute_not_exists(erasedAt) OR erasedAt <= :erasedAt")
                    .expressionAttributeValues(Map.of(":erasedAt", time(erasure.erasedAt()))))
        .build();
  }

  static String key(String emailIndex) {
    return "erased#" + emailIndex;
  }
}
