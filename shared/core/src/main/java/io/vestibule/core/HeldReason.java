package io.vestibule.core;

import java.time.Duration;

/** Why a submission is put aside. */
public enum HeldReason {
  /** The mailbox has had its share of mails for the day. */
  CAPPED("capped"),
  /** What was sealed does not open, or is not what intake seals. */
  UNREADABLE("unreadable"),
  /** It says it was confirmed, and the proof is not right. */
  FORGED("forged"),
  /** The customer's record would outgrow what a record may hold. */
  TOO_LARGE("too-large"),
  /** SES refuses this very mail, and always will. */
  MAIL_FAILED("mail-failed");

  /** How long a person has to look at what is put aside; what was really confirmed has no end. */
  public static final Duration KEPT = Duration.ofDays(30);

  private final String code;

  HeldReason(String code) {
    this.code = code;
  }

  /** The word that the table holds. */
  public String code() {
    return code;
  }
}
