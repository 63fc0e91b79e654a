package io.vestibule.core;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Why a submission is put aside. */
public enum HeldReason {
  /** The door took it for spam: nothing is mailed before a person has looked at it. */
  SPAM("spam"),
  /** It came without the work that its form asked for at that time. */
  NO_WORK("no-work"),
  /** The mailbox has had its share of mails for the day. */
  CAPPED("capped"),
  /** The form has had its share of mails for the hour. */
  BUDGET("budget"),
  /** A mail to the mailbox bounced for good, or its owner complained about one. */
  SUPPRESSED("suppressed"),
  /** Too many mails bounced or were complained about: it is mailed once its turn comes. */
  PAUSED("paused"),
  /** What was sealed does not open, or is not what intake seals. */
  UNREADABLE("unreadable"),
  /** It says it was confirmed, and the proof is not right. */
  FORGED("forged"),
  /** The customer's record would outgrow what a record may hold. */
  TOO_LARGE("too-large"),
  /** SES refuses this very mail, and always will. */
  MAIL_FAILED("mail-failed"),
  /** A member of staff has entered it for somebody, and a second one is to confirm it. */
  SECOND_PERSON("second-person");

  /**
   * How long a person has to look at a row that is held, if its form does not say it. A row that
   * was really confirmed is held without an end.
   */
  public static final Duration KEPT = Duration.ofDays(30);

  private final String code;

  HeldReason(String code) {
    this.code = code;
  }

  /** The word that the table holds. */
  public String code() {
    return code;
  }

  /**
   * Whether such rows are decided about one by one: somebody may have put them there on purpose, or
   * each needs a second look.
   */
  public boolean isDecidedOneByOne() {
    return this == FORGED || this == UNREADABLE || this == SECOND_PERSON;
  }

  /** Reads such a word; empty if it is none. */
  public static Optional<HeldReason> of(String code) {
    return Arrays.stream(values()).filter(reason -> reason.code.equals(code)).findFirst();
  }
}
