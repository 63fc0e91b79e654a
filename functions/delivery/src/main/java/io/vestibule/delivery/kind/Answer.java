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
   * @param isOfOne whether it is about this person only, and others are told meanwhile
   */
  record Later(Optional<Duration> retryAfter, String code, boolean isOfOne) implements Answer {

    /** It is the target's trouble. */
    public Later(Optional<Duration> retryAfter, String code) {
      this(retryAfter, code, false);
    }
  }

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

  /** It must be tried again, and others are told meanwhile. */
  static Answer laterForOne(String code) {
    return new Later(Optional.empty(), code, true);
  }

  /** Never, for a reason that is about no field. */
  static Answer failed(String code) {
    return new Failed(code, Optional.empty());
  }
}
