package io.vestibule.deletion.answer;

import io.vestibule.core.AuditAction;
import io.vestibule.core.Deadline;
import io.vestibule.core.Receipt;
import io.vestibule.deletion.erase.Contended;
import io.vestibule.keys.KnownCustomer;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.store.people.DeletionTransactions;
import io.vestibule.store.people.DeletionTransactions.Result;
import io.vestibule.store.rows.ConfirmedSubmissions;
import java.time.Clock;
import java.util.Optional;

/**
 * Takes consents back, and what was kept by them alone. That they were given stays on record: it is
 * the evidence.
 */
public final class AnswerWithdrawal {

  private final KnownCustomers customers;
  private final ConfirmedSubmissions submissions;
  private final DeletionTransactions transactions;
  private final Receipts receipts;
  private final SignedReceipts signed;
  private final FollowWithdrawal followWithdrawal;
  private final Clock clock;

  public AnswerWithdrawal(
      KnownCustomers customers,
      ConfirmedSubmissions submissions,
      DeletionTransactions transactions,
      Receipts receipts,
      SignedReceipts signed,
      FollowWithdrawal followWithdrawal,
      Clock clock) {
    this.customers = customers;
    this.submissions = submissions;
    this.transactions = transactions;
    this.receipts = receipts;
    this.signed = signed;
    this.followWithdrawal = followWithdrawal;
    this.clock = clock;
  }

  RequestOutcome answer(Confirmed request, Deadline deadline) throws KnownCustomers.Unreadable {
    return Contended.untilSettled(
        () -> {
          var customer = customers.find(request.emailIndex());
          return customer.isPresent()
              ? withdraw(request, customer.get())
              : nobody(request, deadline);
        });
  }

  /**
   * If the sender's first submission is just being stored, its consent cannot be withdrawn yet. The
   * same goes for one that is held: a person may release it long after we had answered that nothing
   * is held.
   */
  private Optional<RequestOutcome> nobody(Confirmed request, Deadline deadline) {
    return submissions.mayBeStoredSomeDay(request.emailIndex(), deadline)
        ? Optional.of(new RequestOutcome.Waiting())
        : nothingHeld(request);
  }

  /**
   * Whoever withdraws does so now, and not when the link was asked for: they may have agreed in
   * between.
   */
  private Optional<RequestOutcome> withdraw(Confirmed request, KnownCustomer customer) {
    var now = clock.instant();
    var purpose = request.asked().purpose().orElse("");
    var withdrawn = customer.record().withdraw(purpose, now);
    return followWithdrawal
        .follow(customer, withdrawn, request.id(), purpose, now)
        .flatMap(
            told -> {
              var hold = Optional.ofNullable(withdrawn.hold());
              var receipt = receipts.withdrawn(request.id(), hold, told.passedOn(), now);
              var awaited = Optional.of(told.withdrawal());
              var end = signed.end(request, receipt, customer.customerId(), awaited);
              return outcome(
                  receipt,
                  transactions.change(
                      Optional.of(end),
                      customer.next(withdrawn),
                      AuditAction.WITHDRAWN,
                      request.id(),
                      told.outbox(),
                      now));
            });
  }

  private Optional<RequestOutcome> nothingHeld(Confirmed request) {
    var receipt =
        receipts.nothingHeld(request.id(), receipts.rights().withdrawal(), clock.instant());
    return outcome(
        receipt, transactions.tellUnknown(signed.end(request, receipt), request.emailIndex()));
  }

  private static Optional<RequestOutcome> outcome(Receipt receipt, Result result) {
    return switch (result) {
      case DONE -> Optional.of(new RequestOutcome.Answered(receipt.outcome()));
      case SUPERSEDED -> Optional.of(new RequestOutcome.Superseded());
      case CONFLICT -> Optional.empty();
    };
  }
}
