package io.vestibule.mail;

import io.vestibule.store.mail.MailLimits.Budget;
import io.vestibule.store.mail.Mailings;
import io.vestibule.store.people.HeldData;
import java.time.Clock;
import java.util.Optional;

/**
 * Tells which budget a mail may be counted against. A bot can use up what all share for strangers;
 * it cannot take anybody's right away.
 */
final class Budgets {

  private final Mailings mailings;
  private final HeldData heldData;
  private final Clock clock;

  Budgets(Mailings mailings, HeldData heldData, Clock clock) {
    this.mailings = mailings;
    this.heldData = heldData;
    this.clock = clock;
  }

  /** The first that is not known to be used up; empty if there is none. */
  Optional<Budget> first(Letter letter) {
    var now = clock.instant();
    if (!mailings.isOverBudget(letter.row(), Budget.FORM, now)) {
      return Optional.of(Budget.FORM);
    }
    return mailings.isOverBudget(letter.row(), Budget.CUSTOMERS, now)
        ? Optional.empty()
        : customers(letter);
  }

  /** What comes after one that was found used up; empty if nothing does. */
  Optional<Budget> after(Budget budget, Letter letter) {
    return budget == Budget.FORM ? customers(letter) : Optional.empty();
  }

  /** That of customers, for a request of one. */
  Optional<Budget> customers(Letter letter) {
    return letter.terms().isPresent() && heldData.isCustomer(letter.emailIndex())
        ? Optional.of(Budget.CUSTOMERS)
        : Optional.empty();
  }
}
