package io.vestibule.mail;

import io.vestibule.core.Counter;
import io.vestibule.core.HeldReason;
import io.vestibule.core.OperatorCode;
import io.vestibule.store.Redacted;
import io.vestibule.store.mail.MailLimits.Budget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs and counts what came of a row. */
final class SendingReport {

  private static final Logger LOG = LoggerFactory.getLogger(SendingReport.class);

  private SendingReport() {}

  static void of(Sending sending) {
    switch (sending) {
      case Sending.Sent(var budget) -> {
        LOG.info("Mailed");
        Counter.MAIL_SENT.increment();
        if (budget == Budget.CUSTOMERS || budget == Budget.WORKED) {
          Counter.MAIL_OVER_BUDGET.increment();
        }
      }
      case Sending.NothingHeld() -> {
        LOG.info("Mailed that nothing is held");
        Counter.MAIL_SENT.increment();
        Counter.NOTHING_HELD.increment();
      }
      case Sending.Erased() -> {
        LOG.info("Covered by an erasure");
        Counter.SUBMISSION_ERASED.increment();
      }
      case Sending.Held(var reason) -> {
        LOG.warn("Held: {}", reason.code(), OperatorCode.SUBMISSION_HELD.entry());
        Counter.SUBMISSION_HELD.increment();
        count(reason);
      }
      case Sending.LinkKept(var reason) -> {
        LOG.warn("No new link: {}", reason.code(), OperatorCode.LINK_KEPT.entry());
        count(reason);
      }
      case Sending.Settled() -> LOG.info("Nothing to mail any more");
      case Sending.Postponed(var cause) -> {
        LOG.error(
            "SES refuses it: others are tried first",
            OperatorCode.MAIL_POSTPONED.entry(),
            new Redacted(cause));
        Counter.MAIL_DELAYED.increment();
      }
      case Sending.TryAgain _ -> Counter.MAIL_DELAYED.increment();
    }
  }

  static void of(LastSending sending) {
    switch (sending) {
      case LastSending.Told() -> {
        LOG.info("Told that it is done");
        Counter.MAIL_SENT.increment();
      }
      case LastSending.Untold(var why) -> {
        LOG.warn("Nobody is told that it is done: {}", why, OperatorCode.LAST_MAIL_UNSENT.entry());
        Counter.LAST_MAIL_UNSENT.increment();
      }
      case LastSending.Forged() -> {
        LOG.error("A last mail that nobody owes", OperatorCode.ROW_FORGED.entry());
        Counter.SUBMISSION_FORGED.increment();
      }
      case LastSending.Later() -> Counter.MAIL_DELAYED.increment();
      case LastSending.Settled() -> LOG.info("Nothing to tell any more");
    }
  }

  /** What a person should hear of at once. */
  private static void count(HeldReason reason) {
    switch (reason) {
      case BUDGET, NO_WORK -> Counter.MAIL_OVER_BUDGET.increment();
      case PAUSED -> Counter.MAIL_PAUSED.increment();
      case FORGED -> Counter.SUBMISSION_FORGED.increment();
      case SPAM, CAPPED, SUPPRESSED, UNREADABLE, TOO_LARGE, MAIL_FAILED, SECOND_PERSON -> {}
    }
  }
}
