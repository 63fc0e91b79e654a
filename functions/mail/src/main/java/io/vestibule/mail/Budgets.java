package io.vestibule.mail;

import io.vestibule.store.mail.MailLimits.Budget;
import io.vestibule.store.mail.Mailings;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Tells which budget a mail may be counted against. A bot can use up what all share for strangers;
 * it cannot take anybody's right away.
 */
final class Budgets {

  private static final List<Budget> ORDER = List.of(Budget.FORM, Budget.WORKED, Budget.CUSTOMERS);

  private final Mailings mailings;
  private final Clock clock;

  Budgets(Mailings mailings, Clock clock) {
    this.mailings = mailings;
    this.clock = clock;
  }

  /** The first that is not known to be used up; empty if there is none. */
  Optional<Budget> first(Letter letter) {
    return from(0, letter);
  }

  /** What comes after one that was found used up; empty if nothing does. */
  Optional<Budget> after(Budget budget, Letter letter) {
    int at = ORDER.indexOf(budget);
    return at < 0 ? Optional.empty() : from(at + 1, letter);
  }

  private Optional<Budget> from(int first, Letter letter) {
    var now = clock.instant();
    return ORDER.stream()
        .skip(first)
        .filter(budget -> !mailings.isOverBudget(letter.row(), budget, now))
        .filter(budget -> isFor(budget, letter))
        .findFirst();
  }

  private static boolean isFor(Budget budget, Letter letter) {
    return switch (budget) {
      case FORM -> true;
      case WORKED -> letter.row().worked();
      case CUSTOMERS -> letter.isCustomers();
      case SLOW -> false;
    };
  }
}
