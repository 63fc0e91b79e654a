package io.vestibule.store.keys;

import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.store.Attributes;
import io.vestibule.store.RowChange;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * How far it has come that every identity is bound: columns of the row {@code binding}, beside the
 * keyset. Once the pass has ended, an identity without a binding is a forged one.
 *
 * <p>The rows themselves tell which are bound, so there is no other progress to keep.
 */
public final class BindingPass {

  /**
   * Whoever still ran a version that does not bind what it stores, when the first look ended, has
   * ended too.
   */
  private static final Duration BETWEEN_LOOKS = Duration.ofHours(1);

  /** Lambda ends a run after 15 minutes: what says more is no lease of ours. */
  private static final Duration LONGEST_LEASE = Duration.ofMinutes(16);

  private static final String KEY = "binding";

  private final DynamoDbClient dynamoDb;
  private final String table;

  public BindingPass(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /** Whether every identity was bound. */
  public boolean hasEnded() {
    return read("boundAt").isPresent();
  }

  /**
   * Takes the pass, if no other run has it. Whoever may write the row can put any lease there: one
   * that no run can have, or that is no time at all, keeps nobody out.
   *
   * @param until when this run has ended at the latest
   * @return false if another run has it
   */
  public boolean take(Instant now, Instant until) {
    return change(
            "SET #leaseUntil = :until",
            "NOT (#leaseUntil > :now AND #leaseUntil <= :longest)",
            Map.of(
                ":until", time(until),
                ":now", time(now),
                ":longest", time(now.plus(LONGEST_LEASE))))
        .apply(dynamoDb);
  }

  /** Gives the pass back, if it is still this run's. */
  public void giveBack(Instant until) {
    var _ =
        change("REMOVE #leaseUntil", "#leaseUntil = :until", Map.of(":until", time(until)))
            .apply(dynamoDb);
  }

  /**
   * A run has looked at every identity, and has bound all that can be bound. The pass ends with the
   * second such run.
   *
   * @param start when the run began
   * @return whether the pass has ended
   */
  public boolean hasLookedAtAll(Instant start, Instant now) {
    var seen = read("seenAt");
    if (seen.isEmpty()) {
      var _ =
          change("SET #seenAt = :now", "attribute_not_exists(#seenAt)", Map.of(":now", time(now)))
              .apply(dynamoDb);
      return false;
    }
    return !start.isBefore(seen.get().plus(BETWEEN_LOOKS)) && end(seen.get(), now);
  }

  /** Unless somebody has reopened the pass since this run read of the first look. */
  private boolean end(Instant seen, Instant now) {
    return change(
            "SET #boundAt = :now",
            "attribute_not_exists(#boundAt) AND #seenAt = :seen",
            Map.of(":now", time(now), ":seen", time(seen)))
        .apply(dynamoDb);
  }

  /**
   * Identities without a binding are to be bound again: after a recovery, or a roll-back. A run
   * that is at it keeps nobody out from then on.
   */
  public TransactWriteItem reopen(Instant now) {
    return change(
            "SET #reopenedAt = :now REMOVE #boundAt, #seenAt, #leaseUntil",
            "attribute_exists(#name)",
            Map.of(":now", time(now)))
        .inTransaction();
  }

  private RowChange change(String change, String condition, Map<String, AttributeValue> values) {
    return new RowChange(
        table,
        Map.of("name", text(KEY)),
        change,
        "attribute_exists(#name) AND (" + condition + ")",
        values);
  }

  private Optional<Instant> read(String column) {
    var item =
        dynamoDb
            .getItem(
                get ->
                    get.tableName(table)
                        .key(Map.of("name", text(KEY)))
                        .consistentRead(true)
                        .projectionExpression("#" + column)
                        .expressionAttributeNames(Attributes.names("#" + column)))
            .item();
    return time(item, column);
  }
}
