package io.vestibule.store.mail;

import static io.vestibule.store.Attributes.bytes;
import static io.vestibule.store.Attributes.number;
import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.DataRequest;
import io.vestibule.core.Status;
import io.vestibule.store.Cancellation;
import io.vestibule.store.RowChange;
import io.vestibule.store.UnfitRow;
import io.vestibule.store.mail.MailLimits.Budget;
import io.vestibule.store.mail.MailLimits.Cap;
import io.vestibule.store.rows.LiveLink;
import io.vestibule.store.rows.SubmissionRow;
import io.vestibule.store.rows.Tombstone;
import io.vestibule.store.rows.Transition;
import io.vestibule.store.rows.Transitions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The table of submissions, or that of requests, as the mailer uses it: claim a row, mark it
 * mailed, give it back.
 */
public final class Mailings {

  /** The place of the claim in the transaction, by which AWS tells what failed; limits follow. */
  private static final int CLAIM = 0;

  private static final AttributeValue MAILING = text(Status.MAILING.name());

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
   * @param counted the mailbox and the domain that must allow it
   * @param cap which one must allow it
   * @param leaseUntil until when no other mailer may take the row
   * @param endsAt when the row is deleted unless it is confirmed
   * @param budget which one of its form must allow it
   * @param asked what the link asks, as {@link io.vestibule.core.Asked#text} has it
   * @param links that live once the mail is out, this one among them
   * @param terms of a request: for pages to word it by, and for nobody to act upon
   */
  public record Mailing(
      SubmissionRow row,
      String emailIndex,
      Counted counted,
      Cap cap,
      byte[] tokenHash,
      Instant linkExpiresAt,
      Instant leaseUntil,
      Instant endsAt,
      Budget budget,
      String asked,
      List<LiveLink> links,
      Optional<Terms> terms) {}

  /**
   * What is told of a request in plain columns.
   *
   * @param dueAt until when the law wants it answered
   */
  public record Terms(DataRequest.Kind kind, Instant dueAt) {}

  /** What came of a claim. */
  public enum Claim {
    /** The row is ours until the lease ends: send. */
    CLAIMED,
    /** Another mailer is at it, or died at it: its lease must end first. */
    BUSY,
    /** Nothing is owed any more: mailed, pressed, held or gone. */
    SETTLED,
    /** The mailbox has had its share for today. */
    CAPPED,
    /** The domain has had its share for today, and its people have confirmed too little of it. */
    DOMAIN_CAPPED,
    /** The budget that was asked is used up for this hour. */
    OVER_BUDGET,
    /** The form is slowed, and has had what it may send in this hour. */
    OVER_PACE
  }

  /** Whether a budget is known to be used up, so that a claim would come to nothing. */
  public boolean isOverBudget(SubmissionRow row, Budget budget, Instant now) {
    return limits.isOverBudget(row, budget, now);
  }

  /**
   * Takes the row and counts the mail against its limits, all or nothing. A row whose mailer died,
   * or was refused by SES, is taken over; its mail is counted already.
   *
   * @throws UnfitRow if the row has no room for what a claim writes
   * @throws TransactionCanceledException if another write to the row or a counter came in between;
   *     to be tried again
   */
  public Claim claim(Mailing mailing, Instant now) {
    var claim = claim(Transitions.CLAIM, mailing, Map.of());
    var all = limits.of(mailing, now);
    var writes = new ArrayList<TransactWriteItem>();
    writes.add(claim.inTransaction());
    all.forEach(limit -> writes.add(limit.count()));
    try {
      dynamoDb.transactWriteItems(write -> write.transactItems(writes));
      return Claim.CLAIMED;
    } catch (TransactionCanceledException e) {
      var cancellation = Cancellation.of(e);
      if (cancellation.failedAt(CLAIM)) {
        return isMailing(cancellation.itemAt(CLAIM), mailing.row())
            ? takeOver(mailing, now)
            : Claim.SETTLED;
      }
      cancellation.requireFitAt(CLAIM, e);
      var over =
          all.stream()
              .filter(limit -> cancellation.failedAt(CLAIM + 1 + all.indexOf(limit)))
              .findFirst()
              .orElseThrow(() -> e);
      over.budget().ifPresent(budget -> limits.overBudget(mailing.row(), budget, now));
      return over.over();
    }
  }

  private Claim takeOver(Mailing mailing, Instant now) {
    var overdue = claim(Transitions.TAKE_OVER, mailing, Map.of(":now", time(now)));
    return overdue.applyOnce(dynamoDb) ? Claim.CLAIMED : Claim.BUSY;
  }

  private RowChange claim(
      Transition transition, Mailing mailing, Map<String, AttributeValue> more) {
    var row = mailing.row();
    var values = new HashMap<>(more);
    values.put(":emailIndex", text(mailing.emailIndex()));
    values.put(":tokenHash", bytes(mailing.tokenHash()));
    values.put(":linkNo", number(row.linkNo()));
    values.put(":linkExpiresAt", time(mailing.linkExpiresAt()));
    values.put(":leaseUntil", time(mailing.leaseUntil()));
    values.put(":expiresAt", seconds(mailing.endsAt()));
    values.put(":asked", text(mailing.asked()));
    values.put(":links", LiveLink.column(mailing.links()));
    mailing
        .terms()
        .ifPresent(
            terms -> {
              values.put(":kind", text(terms.kind().code()));
              values.put(":dueAt", time(terms.dueAt()));
            });
    return transition.change(table, row.id(), values);
  }

  private static boolean isMailing(Map<String, AttributeValue> item, SubmissionRow row) {
    return MAILING.equals(item.get("status"))
        && number(item, "linkNo").equals(Optional.of(row.linkNo()));
  }

  /** SES has the mail. If the row moved on meanwhile (the person was faster), it is left alone. */
  public void mailed(SubmissionRow row, Instant now) {
    change(Transitions.MARK_MAILED, row, Map.of(":now", time(now)));
  }

  /**
   * SES has not taken the mail: ends the lease, so that the redelivered record can claim at once.
   */
  public void release(SubmissionRow row, Instant now) {
    change(Transitions.GIVE_BACK, row, Map.of(":now", time(now)));
  }

  /**
   * SES has the mail that tells that nothing is held: the request has ended, and so has what was
   * sealed in it. No link leads to it.
   */
  public void answered(SubmissionRow row, Instant now) {
    change(
        Transitions.ANSWER_NOTHING_HELD,
        row,
        Map.of(":now", time(now), ":expiresAt", seconds(now.plus(Tombstone.KEPT))));
  }

  private void change(
      Transition transition, SubmissionRow row, Map<String, AttributeValue> values) {
    var all = new HashMap<>(values);
    all.put(":linkNo", number(row.linkNo()));
    transition.change(table, row.id(), all).apply(dynamoDb);
  }
}
