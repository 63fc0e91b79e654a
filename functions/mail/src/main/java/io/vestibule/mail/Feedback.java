package io.vestibule.mail;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What became of a mail after SES had taken it, as the rules of the template pass it on: without
 * the address.
 *
 * @param message SES's number of the message
 * @param mailbox the keyed hash of the mailbox, which the mail was tagged with
 * @param form that caused the mail, which it was tagged with; empty for mails of earlier versions
 * @param sentAt when SES took the mail; empty if the event does not tell
 */
record Feedback(
    Kind kind, String message, String mailbox, Optional<String> form, Optional<Instant> sentAt) {

  private static final Pattern MESSAGE = Pattern.compile("[A-Za-z0-9_-]{1,128}");
  private static final Pattern MAILBOX = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  enum Kind {
    /** There is no such mailbox, or it will never take mail of ours. */
    HARD_BOUNCE,
    /** The mailbox is full or its owner on holiday: it takes mail another day. */
    SOFT_BOUNCE,
    /** The owner of the mailbox says that it was spam. */
    COMPLAINT
  }

  /**
   * Reads an event.
   *
   * @throws IllegalArgumentException if it is none of a bounce or a complaint; the message does not
   *     quote it
   */
  static Feedback read(Map<String, String> event) {
    var message = event.getOrDefault("message", "");
    var mailbox = event.getOrDefault("mailbox", "");
    if (!MESSAGE.matcher(message).matches() || !MAILBOX.matcher(mailbox).matches()) {
      throw new IllegalArgumentException("The event names no message or no mailbox");
    }
    return new Feedback(kind(event), message, mailbox, form(event), sentAt(event));
  }

  private static Optional<String> form(Map<String, String> event) {
    return Optional.ofNullable(event.get("form")).filter(it -> FORM.matcher(it).matches());
  }

  private static Optional<Instant> sentAt(Map<String, String> event) {
    try {
      return Optional.ofNullable(event.get("sentAt")).map(Instant::parse);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** SES also calls a bounce undetermined: that says nothing against the mailbox. */
  private static Kind kind(Map<String, String> event) {
    return switch (event.getOrDefault("type", "")) {
      case "Bounce" ->
          "Permanent".equals(event.get("bounceType")) ? Kind.HARD_BOUNCE : Kind.SOFT_BOUNCE;
      case "Complaint" -> Kind.COMPLAINT;
      default -> throw new IllegalArgumentException("The event is no bounce and no complaint");
    };
  }
}
