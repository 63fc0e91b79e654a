package io.vestibule.store.mail;

import static io.vestibule.store.Attributes.bytes;
import static io.vestibule.store.Attributes.number;
import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.HeldReason;
import io.vestibule.core.forms.Forms;
import io.vestibule.store.rows.LiveLink;
import io.vestibule.store.rows.SubmissionRow;
import io.vestibule.store.rows.Tombstone;
import io.vestibule.store.rows.Transition;
import io.vestibule.store.rows.Transitions;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
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

  /** What was claimed has been counted: no limit is against it any more. */
  private static final Set<HeldReason> LIMITS = EnumSet.of(HeldReason.CAPPED, HeldReason.BUDGET);

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
    var values = waiting(reason, now);
    values.putAll(before(row, tokenHash));
    return change(
        isLimit(reason) ? Transitions.RESTORE_LINK_AT_LIMIT : Transitions.RESTORE_LINK,
        row,
        values);
  }

  /**
   * The same of a new link that this mailer has claimed, and whose mail SES refuses for good.
   *
   * @param tokenHash of the link before the row's
   * @param alive links that were mailed before and live on
   */
  public void restoreClaimed(SubmissionRow row, byte[] tokenHash, List<LiveLink> alive) {
    var values = new HashMap<>(before(row, tokenHash));
    values.put(":links", LiveLink.column(alive));
    change(Transitions.RESTORE_LINK_OF_REFUSED_MAIL, row, values);
  }

  private static Map<String, AttributeValue> before(SubmissionRow row, byte[] tokenHash) {
    return Map.of(":before", number(row.linkNo() - 1), ":tokenHash", bytes(tokenHash));
  }

  /**
   * Puts a row aside that is not to be mailed, with the reason, until a person decides or the
   * form's {@code keep.held} has passed. One that another mailer is at is left to that one, and to
   * the reconciler; one that a person has released since the record was written, to the record of
   * that.
   *
   * @param dueAt until when it must be answered: of a request that a customer is owed
   * @return whether that was still to be decided
   */
  public boolean hold(
      SubmissionRow row,
      HeldReason reason,
      Optional<String> emailIndex,
      Optional<Instant> dueAt,
      Instant now) {
    var values = held(row, reason, now);
    dueAt.ifPresent(at -> values.put(":dueAt", time(at)));
    emailIndex.ifPresent(index -> values.put(":emailIndex", text(index)));
    row.releasedAt().ifPresent(at -> values.put(":releasedAt", time(at)));
    return change(
        isLimit(reason) ? Transitions.HOLD_AT_LIMIT : Transitions.HOLD_UNMAILED, row, values);
  }

  /**
   * Empties a row that is covered by an erasure of its sender.
   *
   * @return whether it had not moved on
   */
  public boolean erase(SubmissionRow row, Instant now) {
    return change(
        Transitions.END_UNMAILED,
        row,
        Map.of(":now", time(now), ":expiresAt", seconds(now.plus(Tombstone.KEPT))));
  }

  /** Puts the row aside that this mailer has claimed, and that SES refuses for good. */
  public void holdClaimed(SubmissionRow row, HeldReason reason, Instant now) {
    change(Transitions.HOLD_REFUSED_MAIL, row, held(row, reason, now));
  }

  private static boolean isLimit(HeldReason reason) {
    return LIMITS.contains(reason);
  }

  /** A lease that is over is compared with the time. */
  private static Map<String, AttributeValue> waiting(HeldReason reason, Instant now) {
    return new HashMap<>(isLimit(reason) ? Map.of() : Map.of(":now", time(now)));
  }

  private Map<String, AttributeValue> held(SubmissionRow row, HeldReason reason, Instant now) {
    return new HashMap<>(
        Map.of(
            ":reason", text(reason.code()),
            ":now", time(now),
            ":expiresAt", seconds(now.plus(forms.heldFor(row.form())))));
  }

  private boolean change(
      Transition transition, SubmissionRow row, Map<String, AttributeValue> values) {
    var all = new HashMap<>(values);
    all.put(":linkNo", number(row.linkNo()));
    return transition.change(table, row.id(), all).applyOnce(dynamoDb);
  }
}
