package io.vestibule.delivery.lane;

import io.vestibule.delivery.kind.Answer;
import io.vestibule.store.delivery.Deliveries.End;
import java.time.Duration;
import java.util.Optional;

/** What came of an attempt, and so of a row of the outbox. */
sealed interface Outcome {

  /**
   * Nothing is left to be done.
   *
   * @param code why, in a word of ours
   */
  record Ended(End end, String code) implements Outcome {}

  /**
   * The same must be tried again.
   *
   * @param after not before; empty if the usual time is right
   * @param isTargets whether it is the target's trouble, and so of everybody who is to be told to
   *     it
   */
  record Again(Optional<Duration> after, String code, boolean isTargets) implements Outcome {}

  /** Nothing can go to the target until a person has looked. */
  record Stopped(String code) implements Outcome {}

  /** What the target answered. */
  static Outcome of(Answer answer) {
    return switch (answer) {
      case Answer.Taken _ -> new Ended(End.TOLD, "taken");
      case Answer.Later(var after, var code, var isOfOne) -> new Again(after, code, !isOfOne);
      case Answer.Failed(var code, var _) -> new Ended(End.FAILED, code);
      case Answer.Stopped(var code) -> new Stopped(code);
    };
  }

  /** There is nothing to tell. */
  static Outcome dropped(String code) {
    return new Ended(End.DROPPED, code);
  }

  /** It is ours, and may pass; others are told meanwhile. */
  static Outcome ours(String code) {
    return new Again(Optional.empty(), code, false);
  }
}
