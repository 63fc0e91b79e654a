package io.vestibule.core;

/**
 * How far a submission or a request has come: PENDING → MAILING → MAILED → VERIFIED → DONE, or
 * aside to HELD, ERASED or EXPIRED. A request to erase is ERASING before it is DONE.
 *
 * <p>It is a hint that makes the stream drive the next step, and never a fact to act upon: public
 * functions may write it. Whatever matters has a proof.
 */
public enum Status {
  /** Taken in; no mail yet. */
  PENDING,
  /** A mailer has claimed it, and has sent the mail or is about to. */
  MAILING,
  /** The mail is with SES. */
  MAILED,
  /** Someone pressed the button; never expires, leaves only by being done. */
  VERIFIED,
  /** A request: the person is erased, and what was on its way meanwhile is looked for once more. */
  ERASING,
  /** Stored, or answered; a tombstone without content remains for a while. */
  DONE,
  /** Put aside for a person to look at, with a {@link HeldReason}. */
  HELD,
  /**
   * Erased before it was stored: its sender had everything erased, or a person rejected it while it
   * was held. Only the latter has a reason, the one that it was held for.
   */
  ERASED,
  /** Nobody confirmed it, or looked at it while it was held, in time; only the books know of it. */
  EXPIRED
}
