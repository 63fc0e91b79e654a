package io.vestibule.deletion.answer;

import static io.vestibule.core.HeldReason.FORGED;

import io.vestibule.core.Counter;
import io.vestibule.core.Deadline;
import io.vestibule.core.OperatorCode;
import io.vestibule.core.Status;
import io.vestibule.core.forms.Form;
import io.vestibule.deletion.erase.Contended;
import io.vestibule.keys.SubmissionOpener.Unreadable;
import io.vestibule.store.StreamChange;
import io.vestibule.store.UnfitRow;
import io.vestibule.store.rows.AwaitingRequest;
import io.vestibule.store.rows.DepartedRows;
import io.vestibule.store.rows.Quarantine;
import io.vestibule.store.rows.RequestRow;
import io.vestibule.store.rows.SubmissionRow;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Follows the rows of requests: answers those that are to be answered, and tells what came of it.
 */
public final class FollowRequests {

  private static final Logger LOG = LoggerFactory.getLogger(FollowRequests.class);

  /** After it, the reconciler is who asks again. */
  private static final Duration WAITS = Duration.ofMinutes(1);

  private static final Set<Status> OPEN = Set.of(Status.VERIFIED, Status.ERASING);

  private final AnswerRequest answerRequest;
  private final RenewReceipt renewReceipt;
  private final Quarantine quarantine;
  private final DepartedRows departed;
  private final Clock clock;

  public FollowRequests(
      AnswerRequest answerRequest,
      RenewReceipt renewReceipt,
      Quarantine quarantine,
      DepartedRows departed,
      Clock clock) {
    this.answerRequest = answerRequest;
    this.renewReceipt = renewReceipt;
    this.quarantine = quarantine;
    this.departed = departed;
    this.clock = clock;
  }

  /**
   * Does what a change of a row calls for.
   *
   * @param deadline until when it may go on
   * @throws NotAnsweredYet if the change must come again
   * @throws Contended if others kept changing the customer; it must come again, too
   */
  public void follow(StreamChange change, Deadline deadline) {
    switch (change) {
      case StreamChange.Written(var item) -> written(item, deadline);
      case StreamChange.Expired(var before) -> departed.expired(before, clock.instant());
      case StreamChange.Removed(var before) -> departed.removed(before);
    }
  }

  private void written(Map<String, AttributeValue> item, Deadline deadline) {
    AwaitingRequest.read(item).ifPresentOrElse(this::renew, () -> open(item, deadline));
  }

  private void renew(AwaitingRequest request) {
    try {
      renewReceipt
          .renew(request)
          .ifPresent(it -> LOG.info("Others have answered: receipt {}", it.number()));
    } catch (Unreadable | UnfitRow e) {
      LOG.error("No new receipt can be made", OperatorCode.ROW_FORGED.entry());
      Counter.SUBMISSION_FORGED.increment();
    }
  }

  private void open(Map<String, AttributeValue> item, Deadline deadline) {
    RequestRow.read(item)
        .ifPresentOrElse(
            request -> {
              try {
                answer(request, deadline);
              } catch (UnfitRow e) {
                // It has grown since the record was written, by whoever can write to the table.
                quarantine.replace(item, OPEN, FORGED, clock.instant());
              }
            },
            () -> quarantine.hold(item, OPEN, FORGED, clock.instant()));
  }

  private void answer(RequestRow request, Deadline deadline) {
    var status = request.row().status();
    if (status == Status.VERIFIED || status == Status.ERASING) {
      tell(answerRequest.answer(request, deadline), request.row());
    }
  }

  private void tell(RequestOutcome outcome, SubmissionRow row) {
    switch (outcome) {
      case RequestOutcome.Committed() -> {
        LOG.info("Erased; to be carried out");
        Counter.CUSTOMER_ERASED.increment();
      }
      case RequestOutcome.Settling() -> LOG.info("Carried out; once more in a minute");
      case RequestOutcome.Unfinished() -> LOG.info("Carried out in part");
      case RequestOutcome.Waiting() -> waits(row);
      case RequestOutcome.Answered(var how) -> {
        LOG.info("Answered: {}", how);
        Counter.REQUEST_ANSWERED.increment();
      }
      case RequestOutcome.Disclosed() -> {
        LOG.info("Answered: a copy");
        Counter.REQUEST_ANSWERED.increment();
      }
      case RequestOutcome.Superseded() -> LOG.info("Nothing to do any more");
      case RequestOutcome.Disowned() -> {
        LOG.info("Disowned by the owner of the mailbox");
        Counter.SUBMISSION_DISOWNED.increment(Form.PRIVACY);
      }
      case RequestOutcome.Forged() -> {
        LOG.error("Confirmed without a proof", OperatorCode.PROOF_FORGED.entry());
        Counter.SUBMISSION_FORGED.increment();
      }
      case RequestOutcome.Held(var reason) -> {
        LOG.error(
            "Confirmed, and cannot be answered: {}",
            reason.code(),
            OperatorCode.CONFIRMED_HELD.entry());
        Counter.CONFIRMED_HELD.increment();
      }
    }
  }

  /** Storing takes moments. If it takes longer, nobody else's requests wait for it. */
  private void waits(SubmissionRow row) {
    LOG.info("Waits for what is being stored");
    var now = clock.instant();
    var pressedAt = row.verifiedAt().filter(at -> !at.isAfter(now));
    if (pressedAt.filter(at -> at.plus(WAITS).isAfter(now)).isPresent()) {
      throw new NotAnsweredYet();
    }
  }
}
