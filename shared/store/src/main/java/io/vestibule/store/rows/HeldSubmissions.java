package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.HeldReason;
import io.vestibule.core.RowId;
import io.vestibule.store.RowChange.Effect;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The table of submissions, or that of requests, as a person decides about what is held in it.
 *
 * <p>Whether a row has a proof is asked in the condition, so nobody here gets to see one.
 */
public final class HeldSubmissions {

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final Optional<HeldReason> onlyFor;

  public HeldSubmissions(DynamoDbClient dynamoDb, String table) {
    this(dynamoDb, table, Optional.empty());
  }

  private HeldSubmissions(DynamoDbClient dynamoDb, String table, Optional<HeldReason> onlyFor) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.onlyFor = onlyFor;
  }

  /** The same, but rows that are held for another reason count as not held. */
  public HeldSubmissions heldFor(HeldReason reason) {
    return new HeldSubmissions(dynamoDb, table, Optional.of(reason));
  }

  /**
   * Hands a row to storage again, if it was confirmed; storage checks the proof again.
   *
   * @return made if it was held, and confirmed
   */
  public Effect backToVerified(RowId id, Instant now) {
    return change(Transitions.RELEASE_CONFIRMED, id, Map.of(":now", time(now)));
  }

  /**
   * Hands a row to the mailer again, if it was never confirmed. It has time from now on: the mailer
   * sets its end when it claims it.
   *
   * @return made if it was held, and not confirmed; a wrong proof confirms nothing, and goes
   */
  public Effect backToPending(RowId id, Instant now) {
    return change(
        Transitions.RELEASE_UNCONFIRMED,
        id,
        Map.of(":now", time(now), ":expiresAt", seconds(now.plus(HeldReason.KEPT))));
  }

  /**
   * Ends a row: its content goes for good, and what remains for 30 days says why it was held.
   *
   * @return made if it was held
   */
  public Effect reject(RowId id, Instant now) {
    return change(
        Transitions.REJECT,
        id,
        Map.of(":now", time(now), ":expiresAt", seconds(now.plus(Tombstone.KEPT))));
  }

  private Effect change(Transition transition, RowId id, Map<String, AttributeValue> values) {
    var all = new HashMap<>(values);
    onlyFor.ifPresent(reason -> all.put(":only", text(reason.code())));
    return transition.change(table, id, all).attempt(dynamoDb);
  }
}
