package io.vestibule.mail;

import io.vestibule.store.mail.MailLimits.Budget;
import io.vestibule.store.mail.Mailings;
import java.time.Clock;
import java.util.Optional;

/**
 * Tells which budget a mail may be counted against. A bot can use up what all share for strangers;
 * it cannot take anybody's right away.
 */
final class Budgets {

  private final Mailings mailings;
  private final Clock clock;

  Budgets(Mailings mailings, Clock clock) {
    this.mailings = mailings;
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

  private static Optional<Budget> customers(Letter letter) {
    return letter.isCustomers() ? Optional.of(Budget.CUSTOMERS) : Optional.empty();
  }
}
