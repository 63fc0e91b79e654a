package io.vestibule.deletion;

import io.vestibule.core.Deadline;
import io.vestibule.deletion.erase.Contended;
import io.vestibule.deletion.erase.EraseCustomer;
import io.vestibule.deletion.erase.ErasureLedger;
import io.vestibule.deletion.erase.SweepRows;
import io.vestibule.store.Erasure;
import io.vestibule.store.people.Customers;
import io.vestibule.store.people.Customers.CustomerRow;
import io.vestibule.store.people.DeletionTransactions;
import io.vestibule.store.people.DeletionTransactions.Result;
import io.vestibule.store.people.ErasedNumbers;
import io.vestibule.store.people.Identities;
import io.vestibule.store.people.Identities.Identity;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Deletes what is left of a customer whose other half was lost for good: an identity without its
 * record, or a record whose key is lost. From then on the number counts as erased, so no restore
 * brings either half back. The address may come again, as somebody new.
 *
 * <p>A person gives the order, because only people know that no backup has the other half. Whoever
 * is whole is not touched: that is for {@link EraseCustomer}.
 */
final class ForgetOrphan {

  /** A person waits for the answer, and gives the order again if there was no time for all. */
  private static final Deadline NO_END = () -> false;

  private final Identities identities;
  private final Customers customers;
  private final ErasedNumbers erasedNumbers;
  private final DeletionTransactions transactions;
  private final ErasureLedger ledger;
  private final SweepRows sweepRows;
  private final Clock clock;

  ForgetOrphan(
      Identities identities,
      Customers customers,
      ErasedNumbers erasedNumbers,
      DeletionTransactions transactions,
      ErasureLedger ledger,
      SweepRows sweepRows,
      Clock clock) {
    this.identities = identities;
    this.customers = customers;
    this.erasedNumbers = erasedNumbers;
    this.transactions = transactions;
    this.ledger = ledger;
    this.sweepRows = sweepRows;
    this.clock = clock;
  }

  /**
   * Forgets a number.
   *
   * @return what came of it: {@code forgotten}, also if it was before; {@code whole}, and nothing
   *     was done; or {@code unknown} if there is neither half, and never was
   */
  String run(String customerId) {
    return Contended.untilSettled(() -> attempt(customerId));
  }

  private Optional<String> attempt(String customerId) {
    var customer = customers.find(customerId);
    var identity = identity(identities.emailIndexesOf(customerId), customerId);
    if (identity.isEmpty() && customer.isPresent()) {
      // The index lags, and may have lost one; this takes somebody's record for good.
      identity = identity(identities.searchEmailIndexOf(customerId).stream().toList(), customerId);
    }
    if (identity.isPresent() == customer.isPresent()) {
      return Optional.of(identity.isPresent() ? "whole" : again(customerId));
    }
    var erasure = Erasure.ofOrphan(customerId, clock.instant());
    if (forget(erasure, identity, customer) != Result.DONE) {
      return Optional.empty();
    }
    carryOut(erasure, customerId);
    return Optional.of("forgotten");
  }

  /** The address may have been erased since, and be somebody else's. */
  private Optional<Identity> identity(List<String> emailIndexes, String customerId) {
    return emailIndexes.stream()
        .flatMap(emailIndex -> identities.find(emailIndex).stream())
        .filter(identity -> identity.customerId().equals(customerId))
        .findFirst();
  }

  /** Nobody can read the entries either, whichever half was lost. */
  private void carryOut(Erasure erasure, String customerId) {
    ledger.add(erasure, customerId);
    sweepRows.sweepNumber(erasure, customerId, NO_END);
  }

  /** A run that forgot the number may have died before all of it was done. */
  private String again(String customerId) {
    var erasure = erasedNumbers.find(customerId);
    erasure.ifPresent(it -> carryOut(it, customerId));
    return erasure.isPresent() ? "forgotten" : "unknown";
  }

  private Result forget(
      Erasure erasure, Optional<Identity> identity, Optional<CustomerRow> customer) {
    return identity
        .map(it -> transactions.forget(erasure, it))
        .or(() -> customer.map(it -> transactions.forget(erasure, it)))
        .orElseThrow();
  }
}
