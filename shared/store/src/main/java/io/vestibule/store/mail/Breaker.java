package io.vestibule.store.mail;

import java.time.Duration;
import java.time.Instant;

/**
 * A breaker that has opened. It closes by the time alone, so nobody has to remember that, and a
 * function that dies has not forgotten it: what was stopped goes on slowly, as a trial, and then at
 * the full pace.
 *
 * @param pace to which it took the mails when it opened
 * @param version of the row by which it opened: failures that were known then count no more
 */
public record Breaker(Pace pace, Instant since, long version) {

  /** How long a pace lasts. */
  static final Duration REST = Duration.ofHours(4);

  Pace at(Instant now) {
    if (now.isBefore(since.plus(REST))) {
      return pace;
    }
    return pace == Pace.STOPPED && now.isBefore(trialBegan().plus(REST)) ? Pace.SLOW : Pace.FULL;
  }

  /** Since when mails have gone slowly, if they do. */
  Instant slowSince() {
    return pace == Pace.STOPPED ? trialBegan() : since;
  }

  private Instant trialBegan() {
    return since.plus(REST);
  }
}
