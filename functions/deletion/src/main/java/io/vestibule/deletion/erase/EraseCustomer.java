package io.vestibule.deletion.erase;

import io.vestibule.core.CustomerRecord.Hold;
import io.vestibule.core.Deadline;
import io.vestibule.core.Runs;
import io.vestibule.keys.KnownCustomer;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.store.Erasure;
import io.vestibule.store.RowChange;
import io.vestibule.store.people.DeletionTransactions;
import io.vestibule.store.people.ErasedNumbers;
import io.vestibule.store.rows.ConfirmedRequests;
import io.vestibule.store.rows.ConfirmedRequests.Pressed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Erases a customer, at their own request or because their retention is over.
 *
 * <p>One transaction commits it: from then on the data cannot be read, from no backup either, and
 * nothing that was handed in before can become a customer. Everything after it only tidies up. That
 * may be repeated as often as need be, and must be repeated once after {@link Runs#SETTLED}.
 */
public final class EraseCustomer {

  /** Longer than a call of AWS takes with all its attempts, and the few that end a request. */
  private static final Duration RESERVE = Duration.ofSeconds(10);

  private final KnownCustomers customers;
  private final DeletionTransactions transactions;
  private final ConfirmedRequests confirmed;
  private final ErasedNumbers erasedNumbers;
  private final ErasureLedger ledger;
  private final SweepRows sweepRows;
  private final Clock clock;

  public EraseCustomer(
      KnownCustomers customers,
      DeletionTransactions transactions,
      ConfirmedRequests confirmed,
      ErasedNumbers erasedNumbers,
      ErasureLedger ledger,
      SweepRows sweepRows,
      Clock clock) {
    this.customers = customers;
    this.transactions = transactions;
    this.confirmed = confirmed;
    this.erasedNumbers = erasedNumbers;
    this.ledger = ledger;
    this.sweepRows = sweepRows;
    this.clock = clock;
  }

  /** What came of it. */
  public sealed interface CommitResult {

    /** It is committed, and is to be carried out. */
    record Committed(Erasure erasure) implements CommitResult {}

    /** Nothing was done: the customer must be kept. */
    record OnHold(KnownCustomer customer, Hold hold) implements CommitResult {}

    /** Nothing was done: the request is not as it was, or the customer not due any more. */
    record Superseded() implements CommitResult {}
  }

  /** How far it is carried out. */
  public enum Progress {
    DONE,
    /** There was no time for all of it: it is to be carried out once more. */
    UNFINISHED,
    /** Nothing was done: no erasure of this number was committed so. */
    UNPROVEN
  }

  /**
   * Commits the erasure of the customer who has this address, at the request of its owner.
   *
   * @throws KnownCustomers.Unreadable if nobody can tell whether there is a hold
   * @throws Contended if others kept changing the customer; to be tried again
   */
  public CommitResult commit(String emailIndex, Pressed request) throws KnownCustomers.Unreadable {
    return Contended.untilSettled(
        () -> attempt(emailIndex, Optional.of(request), customers.find(emailIndex)));
  }

  /**
   * Commits the erasure of a customer whose retention is over. Nobody waits for a receipt, so the
   * caller carries it out at once and, after {@link Runs#SETTLED}, once more.
   */
  public CommitResult commit(String emailIndex, Predicate<KnownCustomer> isDue)
      throws KnownCustomers.Unreadable {
    return Contended.untilSettled(
        () -> {
          // Decided on the very row that is deleted: a customer who came back meanwhile is not due
          // any more.
          var customer = customers.find(emailIndex).filter(isDue);
          return customer.isPresent()
              ? attempt(emailIndex, Optional.empty(), customer)
              : Optional.of(new CommitResult.Superseded());
        });
  }

  /**
   * Until when an invocation begins something more.
   *
   * @param remaining how many milliseconds it has left
   */
  public static Deadline deadline(int remaining) {
    return Deadline.in(Duration.ofMillis(remaining).minus(RESERVE));
  }

  /** An erasure that was committed so: for who has to carry it out and was not there then. */
  public static Erasure atEndOfRetention(String emailIndex, String customerId, Instant erasedAt) {
    return new Erasure(emailIndex, Optional.of(customerId), erasedAt, Erasure.RETENTION);
  }

  /** One attempt; empty if somebody else changed the customer meanwhile. */
  private Optional<CommitResult> attempt(
      String emailIndex, Optional<Pressed> request, Optional<KnownCustomer> customer) {
    var now = clock.instant();
    var hold = customer.flatMap(it -> Optional.ofNullable(it.record().hold()));
    if (hold.isPresent()) {
      return Optional.of(new CommitResult.OnHold(customer.orElseThrow(), hold.get()));
    }
    var erasure =
        new Erasure(
            emailIndex,
            customer.map(KnownCustomer::customerId),
            now,
            request.map(Pressed::id).orElse(Erasure.RETENTION));
    var change = request.map(it -> confirmed.erasing(it, erasure));
    var result =
        customer
            .map(it -> erase(erasure, change, it))
            .orElseGet(() -> transactions.eraseUnknown(erasure, change));
    return switch (result) {
      case DONE -> Optional.of(new CommitResult.Committed(erasure));
      case SUPERSEDED -> Optional.of(new CommitResult.Superseded());
      case CONFLICT -> Optional.empty();
    };
  }

  private DeletionTransactions.Result erase(
      Erasure erasure, Optional<RowChange> change, KnownCustomer customer) {
    int entries = sweepRows.countEntries(customer.customerId());
    return transactions.erase(erasure, change, customer.identity(), customer.row(), entries);
  }

  /** How many entries the customer had; empty if there was no customer, or it was not counted. */
  public Optional<Integer> entries(Erasure erasure) {
    return erasure.customerId().flatMap(erasedNumbers::entries);
  }

  /**
   * Carries out what is committed: the ledger beside the backups, and the person's other rows.
   *
   * <p>Whose erasure it is stands in rows that others may write, too. Only a commit puts a number
   * into the table of erasures, so nothing is signed of another.
   */
  public Progress carryOut(Erasure erasure, Deadline deadline) {
    var customerId = erasure.customerId();
    if (customerId.isPresent()) {
      if (!erasedNumbers.has(erasure, customerId.get())) {
        return Progress.UNPROVEN;
      }
      ledger.add(erasure, customerId.get());
    }
    return sweepRows.sweep(erasure, deadline) ? Progress.DONE : Progress.UNFINISHED;
  }
}
