package io.vestibule.core;

import java.time.Clock;
import java.time.Duration;

/** How a thread waits. */
@FunctionalInterface
public interface Pause {

  void sleep(Duration time) throws InterruptedException;

  /** For real; but for a clock that waits by itself, as one does that somebody moves. */
  static Pause by(Clock clock) {
    return clock instanceof Pause pause ? pause : Thread::sleep;
  }
}
