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
   * Takes the pass, if no other run has it.
   *
   * @param until when this run has ended at the latest
   * @return false if another run has it
   */
  public boolean take(Instant now, Instant until) {
    return change(
            "SET #leaseUntil = :until",
            "attribute_not_exists(#leaseUntil) OR #leaseUntil <= :now",
            Map.of(":until", time(until), ":now", time(now)))
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
      var _ = note("seenAt", now);
      return false;
    }
    return !start.isBefore(seen.get().plus(BETWEEN_LOOKS)) && note("boundAt", now);
  }

  private boolean note(String column, Instant now) {
    return change(
            "SET #" + column + " = :now",
            "attribute_not_exists(#" + column + ")",
            Map.of(":now", time(now)))
        .apply(dynamoDb);
  }

  /** Identities without a binding are to be bound again: after a recovery, or a roll-back. */
  public TransactWriteItem reopen(Instant now) {
    return change(
            "SET #reopenedAt = :now REMOVE #boundAt, #seenAt",
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
