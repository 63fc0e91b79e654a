package io.vestibule.local.aws;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** How a test waits for what must come. */
public final class Patience {

  /**
   * Many times as long as anything takes on a busy machine. A wait ends as soon as its condition
   * holds, so only a fault takes this long.
   */
  public static final Duration LIMIT = Duration.ofMinutes(2);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

  private Patience() {}

  /**
   * Waits until something is so.
   *
   * @throws AssertionError it is not, after {@link #LIMIT}
   */
  public static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not so after " + LIMIT);
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_LOOKS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("whoever waits was stopped", e);
    }
  }
}
