package io.vestibule.core;

import java.time.Duration;

/** For how long something can go on that a function has begun. */
public final class Runs {

  /** Lambda lets no run last longer. */
  public static final Duration LONGEST = Duration.ofMinutes(15);

  /**
   * After it, whoever was storing or erasing has ended (no function of a stream runs for longer
   * than half of it), and the indexes know all that they wrote.
   */
  public static final Duration SETTLED = Duration.ofMinutes(1);

  private Runs() {}
}
