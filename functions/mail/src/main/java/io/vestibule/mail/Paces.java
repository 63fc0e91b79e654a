package io.vestibule.mail;

import io.vestibule.core.HeldReason;
import io.vestibule.store.mail.MailLimits.Budget;
import io.vestibule.store.mail.MailStops;
import io.vestibule.store.mail.Mailings;
import io.vestibule.store.mail.Pace;
import java.time.Clock;

/**
 * Tells whether bounces and complaints are against a mail. What strangers enter may slow down, and
 * stop, what their form sends to strangers. It takes nobody's right away, unless the account itself
 * is in danger.
 */
final class Paces {

  private final MailStops stops;
  private final Mailings mailings;
  private final Clock clock;

  Paces(MailStops stops, Mailings mailings, Clock clock) {
    this.stops = stops;
    this.mailings = mailings;
    this.clock = clock;
  }

  /** Whether a mail may go out, and how. */
  sealed interface Verdict {

    /** It may, counted against the budget of its form, or that of customers. */
    record Send() implements Verdict {}

    /** It may, if the slow pace of its form allows it. */
    record SendSlowly() implements Verdict {}

    /** It may not. */
    record Refuse(HeldReason reason) implements Verdict {}
  }

  Verdict of(Letter letter) {
    var found = letter.terms().isPresent() ? stops.againstAll() : stops.against(letter.mailbox());
    if (found.isSuppressed()) {
      return new Verdict.Refuse(HeldReason.SUPPRESSED);
    }
    var now = clock.instant();
    var pace = found.breakers().of(letter.row().form(), now);
    if (pace != Pace.FULL && letter.isCustomers()) {
      pace = found.breakers().ofCustomers(now);
    }
    return switch (pace) {
      case FULL -> new Verdict.Send();
      case SLOW ->
          mailings.isOverBudget(letter.row(), Budget.SLOW, now)
              ? new Verdict.Refuse(HeldReason.PAUSED)
              : new Verdict.SendSlowly();
      case STOPPED -> new Verdict.Refuse(HeldReason.PAUSED);
    };
  }
}
