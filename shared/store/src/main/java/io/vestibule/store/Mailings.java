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
   */
  public record Mailing(
      SubmissionRow row,
      String emailIndex,
      String mailbox,
      byte[] tokenHash,
      Instant linkExpiresAt,
      Instant leaseUntil) {}

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
   * Takes the row and counts the mail against the mailbox, both or neither.
   *
   * @throws TransactionCanceledException if another write to the row came in between; to be tried
   *     again
   */
  public Claim claim(Mailing mailing, Instant now) {
    try {
      dynamoDb.transactWriteItems(
          write ->
              write.transactItems(
                  claimOf(mailing, now).inTransaction(), limits.count(mailing.mailbox(), now)));
      return Claim.CLAIMED;
    } catch (TransactionCanceledException e) {
      var reasons = e.cancellationReasons();
      if (failed(reasons.get(0))) {
        return leased(reasons.get(0).item(), now) ? Claim.BUSY : Claim.SETTLED;
      }
      if (failed(reasons.get(1))) {
        return Claim.CAPPED;
      }
      throw e;
    }
  }

  private RowChange claimOf(Mailing mailing, Instant now) {
    var row = mailing.row();
    return new RowChange(
        table,
        Submissions.key(row.id()),
        """
        SET #status = :mailing, #open = :open, #emailIndex = :emailIndex, #tokenHash = :tokenHash, \
        #linkExpiresAt = :linkExpiresAt, #leaseUntil = :leaseUntil""",
        """
        attribute_exists(#id) AND #linkNo = :linkNo \
        AND (#status = :pending OR (#status = :mailing AND #leaseUntil <= :now))""",
        Map.of(
            ":pending", text(Status.PENDING.name()),
            ":mailing", text(Status.MAILING.name()),
            ":open", text(OpenWork.of(Status.MAILING, row.id())),
            ":emailIndex", text(mailing.emailIndex()),
            ":tokenHash", bytes(mailing.tokenHash()),
            ":linkNo", number(row.linkNo()),
            ":linkExpiresAt", time(mailing.linkExpiresAt()),
            ":leaseUntil", time(mailing.leaseUntil()),
            ":now", time(now)));
  }

  private static boolean failed(CancellationReason reason) {
    return CONDITION_FAILED.equals(reason.code());
  }

  private static boolean leased(Map<String, AttributeValue> item, Instant now) {
    return text(item, "status").equals(Optional.of(Status.MAILING.name()))
        && time(item, "leaseUntil").filter(now::isBefore).isPresent();
  }

  /** SES has the mail. If the row moved on meanwhile (the person was faster), it is left alone. */
  public void mailed(SubmissionRow row, Instant now) {
    update(
        row,
        "SET #status = :mailed, #open = :open, #mailedAt = :now REMOVE #leaseUntil",
        "attribute_exists(#id) AND #status = :mailing AND #linkNo = :linkNo",
        Map.of(
            ":mailing", text(Status.MAILING.name()),
            ":mailed", text(Status.MAILED.name()),
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
            ":mailing", text(Status.MAILING.name()),
            ":linkNo", number(row.linkNo()),
            ":now", time(now)));
  }

  /** Puts the row aside, with the reason, until a person decides or {@code expiresAt} passes. */
  public void hold(
      SubmissionRow row, HeldReason reason, Optional<String> emailIndex, Instant expiresAt) {
    var values =
        new HashMap<String, AttributeValue>(
            Map.of(
                ":pending", text(Status.PENDING.name()),
                ":mailing", text(Status.MAILING.name()),
                ":held", text(Status.HELD.name()),
                ":open", text(OpenWork.of(Status.HELD, row.id())),
                ":reason", text(reason.code()),
                ":linkNo", number(row.linkNo()),
                ":expiresAt", seconds(expiresAt)));
    emailIndex.ifPresent(index -> values.put(":emailIndex", text(index)));
    update(
        row,
        "SET #status = :held, #open = :open, #reason = :reason, #expiresAt = :expiresAt"
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
