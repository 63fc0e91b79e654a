package io.vestibule.store.people;

import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;
import static software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure.ALL_OLD;

import io.vestibule.core.Timestamp;
import io.vestibule.store.Erasure;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * The rows {@code erased#<emailIndex>} beside the mail limits: for 45 days they tell that what was
 * handed in before the erasure, and is pressed after it, is covered by it.
 *
 * <p>Whoever can write such a row could have what somebody hands in vanish. So a marker carries a
 * keyed hash of what it says, by a key that opens for those alone who erase what is asked for and
 * for those who go by it. One without is believed by nobody, and nothing vanishes for it: a person
 * looks. That holds for the markers of retention, too, which has no right to the key; what they
 * would cover came in while a customer of years ago was erased.
 */
public final class ErasedAddresses {

  /**
   * Longer than anything can wait that was handed in before: what is held for 30 days, released on
   * the last, and confirmed when its link ends.
   */
  public static final Duration KEPT = Duration.ofDays(45);

  /** An erasure is of now. One that is later than this from now was made by nobody of ours. */
  private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final Optional<Seal> seal;

  /** A table of markers, for who has the key of their seals, or for who has not. */
  public ErasedAddresses(DynamoDbClient dynamoDb, String table, Optional<Seal> seal) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.seal = seal;
  }

  /** The keyed hash of what a marker says, in the words in which it stands there. */
  @FunctionalInterface
  public interface Seal {
    String of(String emailIndex, String erasedAt);
  }

  /** Whether something is covered by an erasure of its address. */
  public enum Coverage {
    NONE,
    COVERED,
    /** A marker says so that does not prove that there was an erasure. */
    UNPROVEN
  }

  /** Whether what came in at that time is covered by an erasure of the address. */
  public Coverage cover(String emailIndex, Instant receivedAt) {
    var item =
        dynamoDb
            .getItem(
                get ->
                    get.tableName(table)
                        .key(Map.of("key", text(key(emailIndex))))
                        .consistentRead(true))
            .item();
    // As texts, as DynamoDB compares them: a marker may be anybody's.
    return text(item, "erasedAt")
            .filter(at -> at.compareTo(Timestamp.of(receivedAt)) >= 0)
            .isPresent()
        ? coverage(emailIndex, item)
        : Coverage.NONE;
  }

  /** What a marker is worth that would cover something. */
  Coverage coverage(String emailIndex, Map<String, AttributeValue> marker) {
    var right = text(marker, "erasedAt").flatMap(at -> seal.map(it -> it.of(emailIndex, at)));
    return right.isPresent() && right.equals(text(marker, "seal"))
        ? Coverage.COVERED
        : Coverage.UNPROVEN;
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
                    .expressionAttributeValues(Map.of(":receivedAt", time(receivedAt)))
                    .returnValuesOnConditionCheckFailure(ALL_OLD))
        .build();
  }

  /**
   * Marks the address; an erasure that came before this one is covered by it. A marker of a time
   * that has not come is no reason not to erase anybody.
   */
  TransactWriteItem add(Erasure erasure) {
    var at = erasure.erasedAt();
    var item =
        new HashMap<>(
            Map.of(
                "key", text(key(erasure.emailIndex())),
                "erasedAt", time(at),
                "expiresAt", seconds(at.plus(KEPT))));
    seal.map(it -> it.of(erasure.emailIndex(), Timestamp.of(at)))
        .ifPresent(it -> item.put("seal", text(it)));
    return TransactWriteItem.builder()
        .put(
            put ->
                put.tableName(table)
                    .item(item)
                    .conditionExpression(
                        "attribute_not_exists(erasedAt) OR NOT erasedAt BETWEEN :later AND :latest")
                    .expressionAttributeValues(
                        Map.of(
                            ":later", time(at.plusMillis(1)),
                            ":latest", time(at.plus(CLOCKS_DIFFER)))))
        .build();
  }

  static String key(String emailIndex) {
    return "erased#" + emailIndex;
  }
}
