package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.HeldReason;
import io.vestibule.core.RowId;
import io.vestibule.core.Status;
import io.vestibule.store.RowChange;
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
    return whileHeld(
        id,
        """
        SET #status = :verified, #open = :open, #touchedAt = :now \
        REMOVE #reason, #heldAt, #touches, #expiresAt""",
        "attribute_exists(#proof) AND #reason <> :forged",
        Map.of(
            ":verified", text(Status.VERIFIED.name()),
            ":open", text(OpenWork.of(Status.VERIFIED, id)),
            ":forged", text(HeldReason.FORGED.code()),
            ":now", time(now)));
  }

  /**
   * Hands a row to the mailer again, if it was never confirmed. It has time from now on: the mailer
   * sets its end when it claims it.
   *
   * @return made if it was held, and not confirmed; a wrong proof confirms nothing, and goes
   */
  public Effect backToPending(RowId id, Instant now) {
    return whileHeld(
        id,
        """
        SET #status = :pending, #open = :open, #touchedAt = :now, #releasedAt = :now, \
        #expiresAt = :expiresAt \
        REMOVE #reason, #heldAt, #touches, #leaseUntil, #proof""",
        "(attribute_not_exists(#proof) OR #reason = :forged)",
        Map.of(
            ":pending", text(Status.PENDING.name()),
            ":open", text(OpenWork.of(Status.PENDING, id)),
            ":forged", text(HeldReason.FORGED.code()),
            ":expiresAt", seconds(now.plus(HeldReason.KEPT)),
            ":now", time(now)));
  }

  /**
   * Ends a row: its content goes for good, and what remains for 30 days says why it was held.
   *
   * @return made if it was held
   */
  public Effect reject(RowId id, Instant now) {
    return whileHeld(
        id,
        """
        SET #status = :erased, #doneAt = :now, #expiresAt = :expiresAt \
        REMOVE #open, #sealed, #proof, #emailIndex, #leaseUntil, #heldAt""",
        "attribute_exists(#reason)",
        Map.of(
            ":erased", text(Status.ERASED.name()),
            ":expiresAt", seconds(now.plus(Tombstone.KEPT)),
            ":now", time(now)));
  }

  private Effect whileHeld(
      RowId id, String change, String condition, Map<String, AttributeValue> values) {
    var all = new HashMap<>(values);
    all.put(":held", text(Status.HELD.name()));
    onlyFor.ifPresent(reason -> all.put(":only", text(reason.code())));
    return new RowChange(
            table,
            Submissions.key(id),
            change,
            "attribute_exists(#id) AND #status = :held AND "
                + condition
                + (onlyFor.isPresent() ? " AND #reason = :only" : ""),
            all)
        .attempt(dynamoDb);
  }
}
