package io.vestibule.store.mail;

import static io.vestibule.store.Attributes.bytes;
import static io.vestibule.store.Attributes.number;
import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.HeldReason;
import io.vestibule.core.Status;
import io.vestibule.core.forms.Forms;
import io.vestibule.store.RowChange;
import io.vestibule.store.rows.OpenWork;
import io.vestibule.store.rows.SubmissionRow;
import io.vestibule.store.rows.Submissions;
import io.vestibule.store.rows.Tombstone;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The table of submissions, or that of requests, as the mailer uses it for what is not mailed: a
 * row is put aside, or the link that it had before is put back.
 */
public final class MailRefusals {

  /** No mailer is at the row: it waits for one, or whoever claimed it has not come back. */
  private static final String UNCLAIMED =
      "(#status = :pending OR (#status = :mailing AND #leaseUntil <= :now))";

  /** What was claimed has been counted: no limit is against it any more. */
  private static final Set<HeldReason> LIMITS = EnumSet.of(HeldReason.CAPPED, HeldReason.BUDGET);

  private static final String HOLD =
      """
      SET #status = :held, #open = :open, #reason = :reason, #heldAt = :now, \
      #expiresAt = :expiresAt%s REMOVE #leaseUntil""";

  private static final AttributeValue PENDING = text(Status.PENDING.name());
  private static final AttributeValue MAILING = text(Status.MAILING.name());

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final Forms forms;

  public MailRefusals(DynamoDbClient dynamoDb, String table, Forms forms) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.forms = forms;
  }

  /**
   * Puts the link back that a new one was asked for, because no mail may go out for it now.
   *
   * @param reason why not
   * @param tokenHash of the link before the row's
   * @return whether that was still to be decided
   */
  public boolean restore(SubmissionRow row, HeldReason reason, byte[] tokenHash, Instant now) {
    var values = waiting(row, reason, now);
    values.put(":mailed", text(Status.MAILED.name()));
    values.put(":open", text(OpenWork.of(Status.MAILED, row.id())));
    values.put(":before", number(row.linkNo() - 1));
    values.put(":tokenHash", bytes(tokenHash));
    return update(
        row,
        """
        SET #status = :mailed, #open = :open, #linkNo = :before, #tokenHash = :tokenHash \
        REMOVE #leaseUntil""",
        waitingIn(reason),
        values);
  }

  /**
   * Puts a row aside that is not to be mailed, with the reason, until a person decides or the
   * form's {@code keep.held} has passed. One that another mailer is at is left to that one, and to
   * the reconciler; one that a person has released since the record was written, to the record of
   * that.
   *
   * @return whether that was still to be decided
   */
  public boolean hold(
      SubmissionRow row, HeldReason reason, Optional<String> emailIndex, Instant now) {
    var values = waiting(row, reason, now);
    values.putAll(held(row, reason, now));
    emailIndex.ifPresent(index -> values.put(":emailIndex", text(index)));
    row.releasedAt().ifPresent(at -> values.put(":releasedAt", time(at)));
    var index = emailIndex.isPresent() ? ", #emailIndex = :emailIndex" : "";
    var release =
        row.releasedAt().isPresent()
            ? " AND #releasedAt = :releasedAt"
            : " AND attribute_not_exists(#releasedAt)";
    return update(row, HOLD.formatted(index), waitingIn(reason) + release, values);
  }

  /**
   * Empties a row that is covered by an erasure of its sender.
   *
   * @return whether it had not moved on
   */
  public boolean erase(SubmissionRow row, Instant now) {
    return update(
        row,
        """
        SET #status = :erased, #doneAt = :now, #expiresAt = :expiresAt \
        REMOVE #open, #sealed, #emailIndex, #leaseUntil, #tokenHash""",
        "attribute_exists(#id) AND #linkNo = :linkNo AND " + UNCLAIMED,
        Map.of(
            ":erased", text(Status.ERASED.name()),
            ":linkNo", number(row.linkNo()),
            ":pending", PENDING,
            ":mailing", MAILING,
            ":now", time(now),
            ":expiresAt", seconds(now.plus(Tombstone.KEPT))));
  }

  /** Puts the row aside that this mailer has claimed, and that SES refuses for good. */
  public void holdClaimed(SubmissionRow row, HeldReason reason, Instant now) {
    var values = held(row, reason, now);
    values.put(":mailing", MAILING);
    values.put(":linkNo", number(row.linkNo()));
    update(
        row,
        HOLD.formatted(""),
        "attribute_exists(#id) AND #status = :mailing AND #linkNo = :linkNo",
        values);
  }

  /** That the row is in a state in which this reason may be held against it. */
  private static String waitingIn(HeldReason reason) {
    return "attribute_exists(#id) AND #linkNo = :linkNo AND "
        + (LIMITS.contains(reason) ? "#status = :pending" : UNCLAIMED);
  }

  private static Map<String, AttributeValue> waiting(
      SubmissionRow row, HeldReason reason, Instant now) {
    var values = new HashMap<String, AttributeValue>();
    values.put(":linkNo", number(row.linkNo()));
    values.put(":pending", PENDING);
    if (!LIMITS.contains(reason)) {
      values.put(":mailing", MAILING);
      values.put(":now", time(now));
    }
    return values;
  }

  private Map<String, AttributeValue> held(SubmissionRow row, HeldReason reason, Instant now) {
    return new HashMap<>(
        Map.of(
            ":held", text(Status.HELD.name()),
            ":open", text(OpenWork.of(Status.HELD, row.id())),
            ":reason", text(reason.code()),
            ":now", time(now),
            ":expiresAt", seconds(now.plus(forms.heldFor(row.form())))));
  }

  private boolean update(
      SubmissionRow row, String change, String condition, Map<String, AttributeValue> values) {
    return new RowChange(table, Submissions.key(row.id()), change, condition, values)
        .apply(dynamoDb);
  }
}
