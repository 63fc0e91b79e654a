package io.vestibule.store;

import static io.vestibule.store.Attributes.bytes;
import static io.vestibule.store.Attributes.number;
import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.HeldReason;
import io.vestibule.core.Status;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The submissions table as the mailer uses it: claim a row, mark it mailed, give it back, hold it.
 */
public final class Mailings {

  private static final String CONDITION_FAILED = "ConditionalCheckFailed";

  /** Places in the transaction, by which AWS tells what failed. */
  private static final int CLAIM = 0;

  private static final int COUNT = 1;

  private static final AttributeValue PENDING = text(Status.PENDING.name());
  private static final AttributeValue MAILING = text(Status.MAILING.name());
  private static final AttributeValue MAILED = text(Status.MAILED.name());

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final MailLimits limits;

  public Mailings(DynamoDbClient dynamoDb, String table, MailLimits limits) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.limits = limits;
  }

  /**
   * The mail that a mailer wants to send.
   *
   * @param mailbox the keyed hash of the mailbox, which the cap counts by
   * @param leaseUntil until when no other mailer may take the row
   * @param endsAt when the row is deleted unless it is confirmed
   */
  public record Mailing(
      SubmissionRow row,
      String emailIndex,
      String mailbox,
      byte[] tokenHash,
      Instant linkExpiresAt,
      Instant leaseUntil,
      Instant endsAt) {}

  /** What came of a claim. */
  public enum Claim {
    /** The row is ours until the lease ends: send. */
    CLAIMED,
    /** Another mailer is at it, or died at it: its lease must end first. */
    BUSY,
    /** Nothing is owed any more: mailed, pressed, held or gone. */
    SETTLED,
    /** The mailbox has had its share for today. */
    CAPPED
  }

  /**
   * Takes the row and counts the mail against the mailbox, both or neither. A row whose mailer
   * died, or was refused by SES, is taken over; its mail is counted already.
   *
   * @throws TransactionCanceledException if another write to the row came in between; to be tried
   *     again
   */
  public Claim claim(Mailing mailing, Instant now) {
    var claim = claimOf(mailing, "#status = :pending", Map.of(":pending", PENDING));
    try {
      dynamoDb.transactWriteItems(
          write ->
              write.transactItems(claim.inTransaction(), limits.count(mailing.mailbox(), now)));
      return Claim.CLAIMED;
    } catch (TransactionCanceledException e) {
      var reasons = e.cancellationReasons();
      if (failed(reasons.get(CLAIM))) {
        return isMailing(reasons.get(CLAIM).item(), mailing.row())
            ? takeOver(mailing, now)
            : Claim.SETTLED;
      }
      if (failed(reasons.get(COUNT))) {
        return Claim.CAPPED;
      }
      throw e;
    }
  }

  private Claim takeOver(Mailing mailing, Instant now) {
    var overdue =
        claimOf(mailing, "#status = :mailing AND #leaseUntil <= :now", Map.of(":now", time(now)));
    return overdue.apply(dynamoDb) ? Claim.CLAIMED : Claim.BUSY;
  }

  private RowChange claimOf(
      Mailing mailing, String state, Map<String, AttributeValue> stateValues) {
    var row = mailing.row();
    var values = new HashMap<>(stateValues);
    values.put(":mailing", MAILING);
    values.put(":open", text(OpenWork.of(Status.MAILING, row.id())));
    values.put(":emailIndex", text(mailing.emailIndex()));
    values.put(":tokenHash", bytes(mailing.tokenHash()));
    values.put(":linkNo", number(row.linkNo()));
    values.put(":linkExpiresAt", time(mailing.linkExpiresAt()));
    values.put(":leaseUntil", time(mailing.leaseUntil()));
    values.put(":expiresAt", seconds(mailing.endsAt()));
    return new RowChange(
        table,
        Submissions.key(row.id()),
        """
        SET #status = :mailing, #open = :open, #emailIndex = :emailIndex, #tokenHash = :tokenHash, \
        #linkExpiresAt = :linkExpiresAt, #leaseUntil = :leaseUntil, #expiresAt = :expiresAt""",
        "attribute_exists(#id) AND #linkNo = :linkNo AND " + state,
        values);
  }

  private static boolean failed(CancellationReason reason) {
    return CONDITION_FAILED.equals(reason.code());
  }

  private static boolean isMailing(Map<String, AttributeValue> item, SubmissionRow row) {
    return MAILING.equals(item.get("status"))
        && number(item, "linkNo").equals(Optional.of(row.linkNo()));
  }

  /** SES has the mail. If the row moved on meanwhile (the person was faster), it is left alone. */
  public void mailed(SubmissionRow row, Instant now) {
    update(
        row,
        "SET #status = :mailed, #open = :open, #mailedAt = :now REMOVE #leaseUntil",
        "attribute_exists(#id) AND #status = :mailing AND #linkNo = :linkNo",
        Map.of(
            ":mailing", MAILING,
            ":mailed", MAILED,
            ":open", text(OpenWork.of(Status.MAILED, row.id())),
            ":linkNo", number(row.linkNo()),
            ":now", time(now)));
  }

  /**
   * SES has not taken the mail: ends the lease, so that the redelivered record can claim at once.
   * The status stays, as every change to PENDING is one more record for the mailer.
   */
  public void release(SubmissionRow row, Instant now) {
    update(
        row,
        "SET #leaseUntil = :now",
        "attribute_exists(#id) AND #status = :mailing AND #linkNo = :linkNo",
        Map.of(
            ":mailing", MAILING,
            ":linkNo", number(row.linkNo()),
            ":now", time(now)));
  }

  /**
   * Puts the link back that a new one was asked for, because the mailbox gets no more mail today.
   *
   * @param tokenHash of the link before the row's
   */
  public void restore(SubmissionRow row, byte[] tokenHash) {
    update(
        row,
        """
        SET #status = :mailed, #open = :open, #linkNo = :before, #tokenHash = :tokenHash""",
        "attribute_exists(#id) AND #status = :pending AND #linkNo = :linkNo",
        Map.of(
            ":pending", PENDING,
            ":mailed", MAILED,
            ":open", text(OpenWork.of(Status.MAILED, row.id())),
            ":before", number(row.linkNo() - 1),
            ":linkNo", number(row.linkNo()),
            ":tokenHash", bytes(tokenHash)));
  }

  /** Puts the row aside, with the reason, until a person decides or 30 days have passed. */
  public void hold(SubmissionRow row, HeldReason reason, Optional<String> emailIndex, Instant now) {
    var values =
        new HashMap<String, AttributeValue>(
            Map.of(
                ":pending", PENDING,
                ":mailing", MAILING,
                ":held", text(Status.HELD.name()),
                ":open", text(OpenWork.of(Status.HELD, row.id())),
                ":reason", text(reason.code()),
                ":linkNo", number(row.linkNo()),
                ":heldAt", time(now),
                ":expiresAt", seconds(now.plus(HeldReason.KEPT))));
    emailIndex.ifPresent(index -> values.put(":emailIndex", text(index)));
    update(
        row,
        "SET #status = :held, #open = :open, #reason = :reason, #heldAt = :heldAt,"
            + " #expiresAt = :expiresAt"
            + (emailIndex.isPresent() ? ", #emailIndex = :emailIndex" : "")
            + " REMOVE #leaseUntil",
        "attribute_exists(#id) AND #status IN (:pending, :mailing) AND #linkNo = :linkNo",
        values);
  }

  private void update(
      SubmissionRow row, String change, String condition, Map<String, AttributeValue> values) {
    new RowChange(table, Submissions.key(row.id()), change, condition, values).apply(dynamoDb);
  }
}
