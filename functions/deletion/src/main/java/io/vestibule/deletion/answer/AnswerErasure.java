package io.vestibule.deletion.answer;

import io.vestibule.core.AuditAction;
import io.vestibule.core.Deadline;
import io.vestibule.core.Receipt;
import io.vestibule.core.Runs;
import io.vestibule.deletion.erase.Contended;
import io.vestibule.deletion.erase.EraseCustomer;
import io.vestibule.deletion.erase.PassedOn;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.store.Erasure;
import io.vestibule.store.people.DeletionTransactions;
import io.vestibule.store.rows.ConfirmedRequests;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Erases somebody at their own request, in three steps that the request's row drives: VERIFIED, the
 * erasure is committed; ERASING, it is carried out; ERASING and touched when all have settled, it
 * is carried out once more, and the receipt is made. Each may be repeated.
 */
public final class AnswerErasure {

  private final EraseCustomer eraseCustomer;
  private final DeletionTransactions transactions;
  private final ConfirmedRequests requests;
  private final Receipts receipts;
  private final SignedReceipts signed;
  private final PassedOn passedOn;
  private final Clock clock;

  public AnswerErasure(
      EraseCustomer eraseCustomer,
      DeletionTransactions transactions,
      ConfirmedRequests requests,
      Receipts receipts,
      SignedReceipts signed,
      PassedOn passedOn,
      Clock clock) {
    this.eraseCustomer = eraseCustomer;
    this.transactions = transactions;
    this.requests = requests;
    this.receipts = receipts;
    this.signed = signed;
    this.passedOn = passedOn;
    this.clock = clock;
  }

  RequestOutcome commit(Confirmed request) throws KnownCustomers.Unreadable {
    return switch (eraseCustomer.commit(request.emailIndex(), request.request())) {
      case EraseCustomer.CommitResult.Committed(var _) -> new RequestOutcome.Committed();
      case EraseCustomer.CommitResult.Superseded() -> new RequestOutcome.Superseded();
      case EraseCustomer.CommitResult.OnHold hold -> keep(request, hold);
    };
  }

  private RequestOutcome keep(Confirmed request, EraseCustomer.CommitResult.OnHold hold) {
    var now = clock.instant();
    var identity = hold.customer().identity();
    var to = passedOn.of(identity.customerId());
    var end = signed.end(request, receipts.kept(request.id(), hold.hold(), to, now));
    return switch (transactions.tell(end, request.id(), identity, AuditAction.KEPT, now)) {
      case DONE -> new RequestOutcome.Answered(Receipt.Outcome.KEPT);
      case SUPERSEDED -> new RequestOutcome.Superseded();
      case CONFLICT -> throw new Contended();
    };
  }

  /**
   * Carries out what was committed.
   *
   * @param customerId whose erasure it was; empty if there was no customer
   * @return {@code Forged}, and nothing was done, if no such erasure was committed
   */
  RequestOutcome carryOut(
      Confirmed request, Instant erasedAt, Optional<String> customerId, Deadline deadline) {
    var erasure = new Erasure(request.emailIndex(), customerId, erasedAt, request.id());
    var begun = clock.instant();
    return switch (eraseCustomer.carryOut(erasure, deadline)) {
      case UNPROVEN -> new RequestOutcome.Forged();
      case UNFINISHED -> {
        requests.apply(requests.sweptInPart(request.request()));
        yield new RequestOutcome.Unfinished();
      }
      // However long it took: somebody was still at work when it began.
      case DONE ->
          begun.isBefore(erasedAt.plus(Runs.SETTLED))
              ? new RequestOutcome.Settling()
              : end(request, erasure);
    };
  }

  private RequestOutcome end(Confirmed request, Erasure erasure) {
    var to = erasure.customerId().map(passedOn::of).orElse(List.of());
    var receipt =
        receipts.erased(request.id(), erasure, eraseCustomer.entries(erasure), to, clock.instant());
    return requests.apply(signed.end(request, receipt))
        ? new RequestOutcome.Answered(receipt.outcome())
        : new RequestOutcome.Superseded();
  }
}
