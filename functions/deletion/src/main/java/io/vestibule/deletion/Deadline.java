package io.vestibule.deletion;

import java.time.Duration;
import java.util.function.IntSupplier;

/** When to begin nothing more, with time left to end what is under way. */
@FunctionalInterface
interface Deadline {

  /** Longer than a call of AWS takes with all its attempts, and the few that end a request. */
  Duration RESERVE = Duration.ofSeconds(10);

  boolean isOver();

  /**
   * That of an invocation.
   *
   * @param remaining how many milliseconds it has left
   */
  static Deadline of(IntSupplier remaining) {
    return () -> remaining.getAsInt() < RESERVE.toMillis();
  }
}
