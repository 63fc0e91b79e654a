package io.vestibule.mail;

import io.vestibule.store.mail.FailedMail;
import io.vestibule.store.mail.MailBreaker;
import io.vestibule.store.mail.Suppressions;
import java.time.Clock;
import java.util.Locale;

/**
 * Acts upon a bounce or a complaint: its mailbox gets no more mail, and if it was one too many,
 * others go out more slowly or not at all. To act twice changes nothing.
 */
final class RecordFeedback {

  private final Suppressions suppressions;
  private final MailBreaker breaker;
  private final Clock clock;

  RecordFeedback(Suppressions suppressions, MailBreaker breaker, Clock clock) {
    this.suppressions = suppressions;
    this.breaker = breaker;
    this.clock = clock;
  }

  /** What a bounce or a complaint leads to. */
  enum Consequence {
    /** The mailbox may take mail another day. */
    NOTHING,
    /** The mailbox gets no more mail. */
    SUPPRESSED,
    /** Besides, its form goes on at a slower pace. */
    FORM_SLOWED,
    /** Besides, its form sends to customers who ask about their data, and to nobody else. */
    FORM_STOPPED,
    /** Besides, all forms go on at a slower pace. */
    ALL_MAIL_SLOWED,
    /** Besides, no mail goes out. */
    ALL_MAIL_STOPPED
  }

  Consequence record(Feedback feedback) {
    return switch (feedback.kind()) {
      case SOFT_BOUNCE -> Consequence.NOTHING;
      case HARD_BOUNCE -> suppress(feedback, FailedMail.Kind.BOUNCE);
      case COMPLAINT -> suppress(feedback, FailedMail.Kind.COMPLAINT);
    };
  }

  private Consequence suppress(Feedback feedback, FailedMail.Kind kind) {
    suppressions.add(feedback.mailbox(), kind.name().toLowerCase(Locale.ROOT), clock.instant());
    var mail = new FailedMail(feedback.message(), kind, feedback.form(), feedback.sentAt());
    return switch (breaker.recordFailure(mail, clock.instant())) {
      case NOTHING -> Consequence.SUPPRESSED;
      case FORM_SLOWED -> Consequence.FORM_SLOWED;
      case FORM_STOPPED -> Consequence.FORM_STOPPED;
      case ALL_SLOWED -> Consequence.ALL_MAIL_SLOWED;
      case ALL_STOPPED -> Consequence.ALL_MAIL_STOPPED;
    };
  }
}
