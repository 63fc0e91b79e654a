package io.vestibule.mail;

import io.vestibule.core.HeldReason;
import io.vestibule.store.mail.MailLimits.Budget;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/** What came of a row that may have been owed a mail. */
sealed interface Sending {

  /** SES has the mail with the link; it was counted against that budget. */
  record Sent(Budget budget) implements Sending {}

  /** SES has the mail that tells that nothing is held. */
  record NothingHeld() implements Sending {}

  /** Emptied: its sender was erased after handing it in, which covers it. */
  record Erased() implements Sending {}

  /** Put aside, with the reason. */
  record Held(HeldReason reason) implements Sending {}

  /** Another link was asked for and may not be mailed: the one before is valid again. */
  record LinkKept(HeldReason reason) implements Sending {}

  /** Nothing was owed: an older record, or the row moved on. */
  record Settled() implements Sending {}

  /**
   * SES refuses it, and perhaps all: the reconciler brings it back, after others had their turn.
   */
  record Postponed(SdkException cause) implements Sending {}

  /** Not now: another mailer has it, or SES did not take it. The record must come again. */
  record TryAgain(Optional<SdkException> cause) implements Sending {}
}
