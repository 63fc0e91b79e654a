package io.vestibule.upkeep;

import java.time.Duration;
import java.time.Instant;

/** What an open submission is owed now. */
sealed interface NextStep {

  /** Nothing: it is young, was woken not long ago, has ended, or waits for a person. */
  record Wait() implements NextStep {}

  /**
   * A touch, so that its stream drives it again.
   *
   * @param times how often in a row, with this time
   */
  record Touch(int times) implements NextStep {}

  /** Another try at its last mail. */
  record LastMail() implements NextStep {}

  /** The end of what its last mail would need: it is too late for that. */
  record ForgetLastMail() implements NextStep {}

  /**
   * Another mailer, as the one that claimed it is gone.
   *
   * @param times how often in a row it was woken, with this time
   */
  record MailAgain(int times) implements NextStep {}

  /**
   * Its mail, as what it was held for is over.
   *
   * @param endsAt when it is deleted unless it is confirmed
   * @param pausedFor how much longer that is than its form says
   */
  record MailHeld(Instant endsAt, Duration pausedFor) implements NextStep {}
}
