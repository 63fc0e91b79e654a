package io.vestibule.mail;

import io.vestibule.store.mail.MailBreaker;
import io.vestibule.store.mail.Suppressions;
import java.time.Clock;

/**
 * Acts upon a bounce or a complaint: its mailbox gets no more mail, and if it was one too many, all
 * mail stops. To act twice changes nothing.
 */
public final class RecordFeedback {

  private final Suppressions suppressions;
  private final MailBreaker breaker;
  private final Clock clock;

  RecordFeedback(Suppressions suppressions, MailBreaker breaker, Clock clock) {
    this.suppressions = suppressions;
    this.breaker = breaker;
    this.clock = clock;
  }

  /** What came of it. */
  public enum Outcome {
    /** The mailbox may take mail another day. */
    NOTHING,
    /** The mailbox gets no more mail. */
    SUPPRESSED,
    /** The mailbox gets no more mail, and all other mail is stopped until a person resumes it. */
    ALL_MAIL_STOPPED
  }

  Outcome record(Feedback feedback) {
    return switch (feedback.kind()) {
      case SOFT_BOUNCE -> Outcome.NOTHING;
      case HARD_BOUNCE -> suppress(feedback, "bounce");
      case COMPLAINT -> suppress(feedback, "complaint");
    };
  }

  private Outcome suppress(Feedback feedback, String reason) {
    suppressions.add(feedback.mailbox(), reason, clock.instant());
    return breaker.recordFailure(feedback.message(), clock.instant())
        ? Outcome.ALL_MAIL_STOPPED
        : Outcome.SUPPRESSED;
  }
}
