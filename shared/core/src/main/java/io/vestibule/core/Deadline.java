package io.vestibule.core;

import java.time.Duration;

/** When to begin nothing more, with time left to end what is under way and to say how far it is. */
@FunctionalInterface
public interface Deadline {

  boolean isOver();

  /** So long from now; over at once, if that is none. */
  static Deadline in(Duration time) {
    long start = System.nanoTime();
    return () -> System.nanoTime() - start >= time.toNanos();
  }
}
