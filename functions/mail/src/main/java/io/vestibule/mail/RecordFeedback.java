package io.vestibule.mail;

import io.vestibule.store.mail.MailBreaker;
import io.vestibule.store.mail.Suppressions;
import java.time.Clock;

/**
 * Acts upon a bounce or a complaint: its mailbox gets no more mail, and if it was one too many, all
 * mail stops. To act twice changes nothing.
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
    /** The mailbox gets no more mail, and all other mail is stopped until a person resumes it. */
    ALL_MAIL_STOPPED
  }

  Consequence record(Feedback feedback) {
    return switch (feedback.kind()) {
      case SOFT_BOUNCE -> Consequence.NOTHING;
      case HARD_BOUNCE -> suppress(feedback, "bounce");
      case COMPLAINT -> suppress(feedback, "complaint");
    };
  }

  private Consequence suppress(Feedback feedback, String reason) {
    suppressions.add(feedback.mailbox(), reason, clock.instant());
    return breaker.recordFailure(feedback.message(), clock.instant())
        ? Consequence.ALL_MAIL_STOPPED
        : Consequence.SUPPRESSED;
  }
}
