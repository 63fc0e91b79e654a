package io.vestibule.mail;

/** What came of a request that is done, and whose sender is to be told. */
sealed interface LastSending {

  /** SES has the mail. */
  record Told() implements LastSending {}

  /** No mail goes out; the page of the request tells. */
  record Untold(Why why) implements LastSending {}

  /** Why somebody is not told. */
  enum Why {
    /** It was done too long ago. */
    LATE,
    /** A mail to the mailbox bounced for good, or its owner complained. */
    SUPPRESSED,
    /** The mailbox has had its share of such mails for the day. */
    CAPPED,
    /** SES refuses this mail. */
    REFUSED,
    /** A later version sealed what is to be told. */
    UNKNOWN
  }

  /** Nobody of ours has sealed it. */
  record Forged() implements LastSending {}

  /** Not now: mail is stopped, or SES did not take it. The reconciler asks again. */
  record Later() implements LastSending {}

  /** Nothing is owed: told before, or another mailer is at it. */
  record Settled() implements LastSending {}
}
