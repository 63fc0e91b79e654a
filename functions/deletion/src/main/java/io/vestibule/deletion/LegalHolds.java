package io.vestibule.deletion;

import io.vestibule.core.AuditAction;
import io.vestibule.core.CustomerRecord.Hold;
import io.vestibule.deletion.erase.Contended;
import io.vestibule.keys.EmailIndex;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.keys.KnownEntries;
import io.vestibule.store.people.DeletionTransactions;
import io.vestibule.store.people.DeletionTransactions.Result;
import io.vestibule.store.people.Identities;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sets and lifts legal holds, by hand. A customer with a hold is not erased, neither at their
 * request nor at the end of their retention. A hold stops nothing else.
 */
final class LegalHolds {

  private static final String UNKNOWN = "unknown";

  private final Identities identities;
  private final EmailIndex emailIndex;
  private final KnownCustomers customers;
  private final KnownEntries entries;
  private final DeletionTransactions transactions;
  private final Clock clock;

  LegalHolds(
      Identities identities,
      EmailIndex emailIndex,
      KnownCustomers customers,
      KnownEntries entries,
      DeletionTransactions transactions,
      Clock clock) {
    this.identities = identities;
    this.emailIndex = emailIndex;
    this.customers = customers;
    this.entries = entries;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Does what a person has ordered. If there is a hold already, its ground is replaced.
   *
   * @param by the invocation, for the audit
   * @return what came of it: {@code held}, {@code lifted}, or {@code unknown} if there is no such
   *     customer
   * @throws IllegalStateException if what is stored of the customer cannot be read
   */
  String carryOut(HoldOrder order, String by) {
    KnownCustomers.@Nullable Unreadable unreadable = null;
    for (var index : indexes(order)) {
      try {
        var outcome = change(index, order, by);
        if (!outcome.equals(UNKNOWN)) {
          return outcome;
        }
      } catch (KnownCustomers.Unreadable e) {
        // Perhaps a row that somebody put there: the customer's own may be another one.
        unreadable = e;
      }
    }
    if (unreadable != null) {
      throw new IllegalStateException("what is stored of the customer cannot be read", unreadable);
    }
    return UNKNOWN;
  }

  private List<String> indexes(HoldOrder order) {
    return order
        .customer()
        .map(identities::emailIndexesOf)
        .orElseGet(() -> order.email().map(emailIndex::of).stream().toList());
  }

  private String change(String index, HoldOrder order, String by) throws KnownCustomers.Unreadable {
    return Contended.untilSettled(
        () -> {
          var found = customers.find(index);
          if (found.isEmpty()) {
            return Optional.of(UNKNOWN);
          }
          var now = clock.instant();
          var customer = found.get();
          var hold = order.ground().map(ground -> new Hold(ground, now, Map.of()));
          var record = customer.record().withHold(hold.orElse(null));
          // What was withdrawn under the hold goes with it; under another one nothing is over.
          if (!entries.endWithdrawn(customer, record)) {
            return Optional.empty();
          }
          var next = customer.next(record);
          var action = hold.isPresent() ? AuditAction.HELD : AuditAction.LIFTED;
          var result = transactions.change(Optional.empty(), next, action, by, List.of(), now);
          return result == Result.DONE ? Optional.of(action.code()) : Optional.empty();
        });
  }
}
