package io.vestibule.delivery.lane;

import io.vestibule.store.delivery.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When something is tried again: after times that grow, 75 hours and 35 minutes in all, each up to
 * a tenth longer by chance. An erasure, or a withdrawal, goes on once a day for as long as it
 * takes.
 */
public final class BackOff {

  private static final List<Duration> TIMES =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(14),
          Duration.ofHours(20),
          Duration.ofHours(24));

  private static final Duration DAILY = Duration.ofDays(1);

  private static final int CHANCE = 10;

  private final RandomGenerator random;

  public BackOff(RandomGenerator random) {
    this.random = random;
  }

  /** How long after this attempt the next one comes. */
  Duration after(Delivery delivery) {
    var time = delivery.attempts() < TIMES.size() ? TIMES.get(delivery.attempts()) : DAILY;
    return time.plusMillis(random.nextLong(time.toMillis() / CHANCE));
  }

  /** Whether this attempt is the last one. */
  static boolean isLast(Delivery delivery) {
    return !delivery.isOwed() && delivery.attempts() >= TIMES.size();
  }

  /** The longest that a target may ask to be left alone for: it may mistake its own clock. */
  static Duration atMost(Optional<Duration> wished) {
    return wished.map(it -> it.compareTo(DAILY) < 0 ? it : DAILY).orElse(Duration.ZERO);
  }
}
