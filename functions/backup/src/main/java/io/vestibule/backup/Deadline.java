package io.vestibule.backup;

import java.time.Duration;

/** When to stop, with time left to write down how far it went. */
@FunctionalInterface
interface Deadline {

  boolean isOver();

  /** So long from now; over at once, if that is none. */
  static Deadline in(Duration time) {
    long start = System.nanoTime();
    return () -> System.nanoTime() - start >= time.toNanos();
  }
}
