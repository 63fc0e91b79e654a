package io.vestibule.store.mail;

import java.time.Instant;
import java.util.Optional;

/**
 * A mail that bounced for good, or was complained about.
 *
 * @param message SES's number of the message
 * @param form that caused the mail; empty if the mail does not say, as those of earlier versions
 * @param sentAt when SES took the mail, if that is known
 */
public record FailedMail(
    String message, Kind kind, Optional<String> form, Optional<Instant> sentAt) {

  /** What SES counts, each against limits of its own. */
  public enum Kind {
    BOUNCE,
    COMPLAINT
  }
}
