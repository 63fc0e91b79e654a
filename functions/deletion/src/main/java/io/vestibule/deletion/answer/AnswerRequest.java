package io.vestibule.deletion.answer;

import io.vestibule.core.Asked;
import io.vestibule.core.DataRequest.Kind;
import io.vestibule.core.Deadline;
import io.vestibule.core.HeldReason;
import io.vestibule.core.Status;
import io.vestibule.deletion.erase.Contended;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.keys.LinkTokens;
import io.vestibule.keys.SubmissionOpener;
import io.vestibule.store.rows.ConfirmedRequests.Pressed;
import io.vestibule.store.rows.RequestRow;
import io.vestibule.store.rows.SubmissionRow;
import io.vestibule.store.rows.VerifiedSubmissions;
import java.time.Clock;

/**
 * Answers a request whose sender has confirmed that the mailbox is theirs.
 *
 * <p>The row's plain columns mean nothing, because a public function can write them. Only two
 * things count: the proof of the press, which covers the deed that was chosen, and the sealed
 * content, which also says what was asked for.
 */
public final class AnswerRequest {

  private final LinkTokens linkTokens;
  private final OpenRequest openRequest;
  private final VerifiedSubmissions rows;
  private final AnswerErasure erasure;
  private final AnswerAccess access;
  private final AnswerWithdrawal withdrawal;
  private final Clock clock;

  public AnswerRequest(
      LinkTokens linkTokens,
      OpenRequest openRequest,
      VerifiedSubmissions rows,
      AnswerErasure erasure,
      AnswerAccess access,
      AnswerWithdrawal withdrawal,
      Clock clock) {
    this.linkTokens = linkTokens;
    this.openRequest = openRequest;
    this.rows = rows;
    this.erasure = erasure;
    this.access = access;
    this.withdrawal = withdrawal;
    this.clock = clock;
  }

  /**
   * Answers a request in the state VERIFIED, or continues one that is ERASING.
   *
   * @param deadline until when it may go on
   * @throws Contended if others kept changing the customer; to be tried again
   */
  RequestOutcome answer(RequestRow request, Deadline deadline) {
    var row = request.row();
    var proven = linkTokens.pressOf(row);
    // An erasure that was really begun has the time of its beginning, in a column that no public
    // function may write.
    boolean isBegun = row.status() == Status.ERASING;
    if (proven.isEmpty() || (isBegun && request.erasedAt().isEmpty())) {
      return forged(row);
    }
    var press = proven.get();
    if (press.disowns()) {
      rows.disowned(request, press.proof(), clock.instant());
      return new RequestOutcome.Disowned();
    }
    var pressed = new Pressed(row, press.proof());
    try {
      var confirmed = openRequest.open(pressed, press);
      if (!press.isOf(Asked.of(confirmed.content(), row.id().destination()))) {
        return forged(row);
      }
      return isBegun ? carryOut(request, confirmed, deadline) : answer(confirmed, deadline);
    } catch (KnownCustomers.Forged e) {
      return hold(pressed, HeldReason.FORGED);
    } catch (SubmissionOpener.Unreadable | KnownCustomers.Unreadable e) {
      return hold(pressed, HeldReason.UNREADABLE);
    }
  }

  private RequestOutcome forged(SubmissionRow row) {
    rows.holdForged(row, clock.instant());
    return new RequestOutcome.Forged();
  }

  private RequestOutcome hold(Pressed request, HeldReason reason) {
    rows.holdConfirmed(request.row(), request.proof(), reason);
    return new RequestOutcome.Held(reason);
  }

  /** The row says what was committed; another table and the deed itself say whether it was. */
  private RequestOutcome carryOut(RequestRow request, Confirmed confirmed, Deadline deadline) {
    var outcome =
        confirmed.asked().kind() == Kind.ERASE
            ? erasure.carryOut(
                confirmed, request.erasedAt().orElseThrow(), request.customerId(), deadline)
            : new RequestOutcome.Forged();
    return outcome instanceof RequestOutcome.Forged ? forged(request.row()) : outcome;
  }

  private RequestOutcome answer(Confirmed request, Deadline deadline)
      throws KnownCustomers.Unreadable {
    return switch (request.asked().kind()) {
      case ERASE -> erasure.commit(request);
      case ACCESS -> access.answer(request, deadline);
      case WITHDRAW -> withdrawal.answer(request, deadline);
    };
  }
}
