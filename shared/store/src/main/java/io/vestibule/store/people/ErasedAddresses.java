package io.vestibule.store.people;

import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;
import static java.nio.charset.StandardCharsets.UTF_8;
import static software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure.ALL_OLD;

import io.vestibule.core.Timestamp;
import io.vestibule.store.Erasure;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
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
    return text(marker, "erasedAt")
            .flatMap(at -> seal.map(it -> it.of(emailIndex, at)))
            .filter(right -> isEqual(right, text(marker, "seal").orElse("")))
            .isPresent()
        ? Coverage.COVERED
        : Coverage.UNPROVEN;
  }

  private static boolean isEqual(String ours, String theirs) {
    return MessageDigest.isEqual(ours.getBytes(UTF_8), theirs.getBytes(UTF_8));
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

  /** Marks the address, whatever marker there is. */
  TransactWriteItem put(Erasure erasure) {
    return TransactWriteItem.builder().put(marker(erasure).build()).build();
  }

  /**
   * Marks the address unless a marker says that it was erased later, which covers this erasure. If
   * that is none of ours, it is for {@link #replace}.
   */
  TransactWriteItem add(Erasure erasure) {
    return TransactWriteItem.builder()
        .put(
            marker(erasure)
                .conditionExpression("attribute_not_exists(erasedAt) OR erasedAt <= :at")
                .expressionAttributeValues(Map.of(":at", time(erasure.erasedAt())))
                .returnValuesOnConditionCheckFailure(ALL_OLD)
                .build())
        .build();
  }

  /** Marks the address in the place of a marker that is none of ours, if it is still that one. */
  TransactWriteItem replace(Erasure erasure, Map<String, AttributeValue> forged) {
    var conditions = new ArrayList<String>();
    var values = new HashMap<String, AttributeValue>();
    for (var column : List.of("erasedAt", "seal")) {
      if (forged.containsKey(column)) {
        conditions.add(column + " = :" + column);
        values.put(":" + column, forged.get(column));
      } else {
        conditions.add("attribute_not_exists(" + column + ")");
      }
    }
    var marker = marker(erasure).conditionExpression(String.join(" AND ", conditions));
    if (!values.isEmpty()) {
      marker.expressionAttributeValues(values);
    }
    return TransactWriteItem.builder().put(marker.build()).build();
  }

  private Put.Builder marker(Erasure erasure) {
    var at = erasure.erasedAt();
    var item =
        new HashMap<>(
            Map.of(
                "key", text(key(erasure.emailIndex())),
                "erasedAt", time(at),
                "expiresAt", seconds(at.plus(KEPT))));
    seal.map(it -> it.of(erasure.emailIndex(), Timestamp.of(at)))
        .ifPresent(it -> item.put("seal", text(it)));
    return Put.builder().tableName(table).item(item);
  }

  static String key(String emailIndex) {
    return "erased#" + emailIndex;
  }
}
