package io.vestibule.deletion.answer;

import io.vestibule.core.AuditAction;
import io.vestibule.core.Deadline;
import io.vestibule.deletion.erase.Contended;
import io.vestibule.keys.KnownCustomer;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.store.people.DeletionTransactions;
import io.vestibule.store.rows.ConfirmedSubmissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Gives somebody a copy of everything that is held about them, encrypted so that only the link in
 * their mailbox opens it: once the request is done, not even we can make its token again.
 */
public final class AnswerAccess {

  /**
   * Storing takes moments. If a submission is confirmed for longer than this, storage cannot handle
   * it, and an alarm has gone off: the copy lists it among what is not stored.
   */
  private static final Duration STORING = Duration.ofHours(1);

  private final KnownCustomers customers;
  private final ConfirmedSubmissions submissions;
  private final CopyOfData copyOfData;
  private final PutCopy putCopy;
  private final RequestEnds ends;
  private final DeletionTransactions transactions;
  private final Clock clock;

  public AnswerAccess(
      KnownCustomers customers,
      ConfirmedSubmissions submissions,
      CopyOfData copyOfData,
      PutCopy putCopy,
      RequestEnds ends,
      DeletionTransactions transactions,
      Clock clock) {
    this.customers = customers;
    this.submissions = submissions;
    this.copyOfData = copyOfData;
    this.putCopy = putCopy;
    this.ends = ends;
    this.transactions = transactions;
    this.clock = clock;
  }

  RequestOutcome answer(Confirmed request, Deadline deadline) throws KnownCustomers.Unreadable {
    // A record that comes twice must not touch the copy, which the person may be reading.
    if (!ends.isUnchanged(request.request().row())) {
      return new RequestOutcome.Superseded();
    }
    return Contended.untilSettled(() -> attempt(request, deadline));
  }

  private Optional<RequestOutcome> attempt(Confirmed request, Deadline deadline)
      throws KnownCustomers.Unreadable {
    var now = clock.instant();
    if (request.pressedAt(now).plus(STORING).isAfter(now)
        && submissions.mayBeStored(request.emailIndex(), deadline)) {
      return Optional.of(new RequestOutcome.Waiting()); // Else the copy would lack what it says.
    }
    // In this order: what is stored meanwhile is in both, and not in neither.
    var waiting = copyOfData.waiting(request);
    var customer = customers.find(request.emailIndex());
    putCopy.put(request, copyOfData.of(request, customer, waiting, now), now);
    // Only if the person is still who was copied: else an erasure would have missed the copy.
    return switch (end(request, customer, now)) {
      case DONE -> Optional.of(new RequestOutcome.Disclosed());
      case SUPERSEDED -> Optional.of(new RequestOutcome.Superseded());
      case CONFLICT -> Optional.empty();
    };
  }

  private DeletionTransactions.Result end(
      Confirmed request, Optional<KnownCustomer> customer, Instant now) {
    var end = ends.disclosed(request, now);
    return customer
        .map(it -> transactions.tell(end, request.id(), it.identity(), AuditAction.DISCLOSED, now))
        .orElseGet(() -> transactions.tellUnknown(end, request.emailIndex()));
  }
}
