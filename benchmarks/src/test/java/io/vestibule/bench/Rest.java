package io.vestibule.bench;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** When a process that was given nothing more to do has done all that it had. */
final class Rest {

  private static final Duration LOOK = Duration.ofMillis(100);

  /** So little in that time is Java's own looking around. */
  private static final Duration AT_REST = Duration.ofMillis(1);

  private Rest() {}

  /**
   * Waits for it.
   *
   * @param cpu the processors' time that the process has had so far
   * @param looks so many times, a tenth of a second apart
   * @return what it had then; empty if it has found no end
   */
  static Optional<Duration> await(Supplier<Duration> cpu, int looks) throws InterruptedException {
    var before = cpu.get();
    for (int look = 0; look < looks; look++) {
      Thread.sleep(LOOK);
      var now = cpu.get();
      if (now.minus(before).compareTo(AT_REST) < 0) {
        return Optional.of(now);
      }
      before = now;
    }
    return Optional.empty();
  }
}
