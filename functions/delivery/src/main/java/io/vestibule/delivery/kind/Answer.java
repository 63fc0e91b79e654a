package io.vestibule.delivery.kind;

import java.time.Duration;
import java.util.Optional;

/**
 * What became of an attempt. Codes are ours, short and of ASCII; nothing of what a partner answered
 * is in them, as a partner may answer what it was sent.
 */
public sealed interface Answer {

  /** The target has it. */
  record Taken() implements Answer {

    @Override
    public String toString() {
      return "Taken";
    }
  }

  /**
   * Not now, or nobody knows: the same must be tried again.
   *
   * @param retryAfter how long the target wants to be left alone, if it says so
   */
  record Later(Optional<Duration> retryAfter, String code) implements Answer {}

  /**
   * Never, as far as this person is concerned; others may go on.
   *
   * @param field what it is about, if the target says so: a name of ours or of theirs
   */
  record Failed(String code, Optional<String> field) implements Answer {}

  /** Nobody more until a person has looked: it is gone, refuses our credentials, or is used up. */
  record Stopped(String code) implements Answer {}

  /** The target has it. */
  static Answer taken() {
    return new Taken();
  }

  /** It must be tried again, after the usual time. */
  static Answer later(String code) {
    return new Later(Optional.empty(), code);
  }

  /** Never, for a reason that is about no field. */
  static Answer failed(String code) {
    return new Failed(code, Optional.empty());
  }
}
