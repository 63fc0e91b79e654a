package io.vestibule.core;

import java.time.Duration;

/** How a thread waits. */
@FunctionalInterface
public interface Pause {

  /** For real. */
  Pause REAL = Thread::sleep;

  void sleep(Duration time) throws InterruptedException;

  /**
   * Waits where an interrupt means the end of the function, and of nothing less.
   *
   * @throws IllegalStateException if there was one
   */
  default void rest(Duration time) {
    try {
      sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The function was stopped meanwhile", e);
    }
  }
}
