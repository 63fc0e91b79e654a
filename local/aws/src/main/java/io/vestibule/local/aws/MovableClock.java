package io.vestibule.local.aws;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * The system's clock, and as far ahead of it as somebody has moved it; or one that stands still.
 */
public final class MovableClock extends Clock {

  private volatile InstantSource source = InstantSource.system();
  private volatile Duration ahead = Duration.ZERO;

  /**
   * A clock that is at noon of the next day, in UTC: no day or hour, with its limits of mails, ends
   * in the middle of a test that does not move it.
   */
  public static MovableClock fromNoonTomorrow() {
    var clock = new MovableClock();
    var now = clock.instant();
    clock.advance(
        Duration.between(now, now.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(36))));
    return clock;
  }

  public synchronized void advance(Duration by) {
    ahead = ahead.plus(by);
  }

  /** From now on, at a full second, time passes by {@link #advance} only. */
  public synchronized void stop() {
    var now = instant().truncatedTo(ChronoUnit.SECONDS);
    ahead = Duration.ZERO;
    source = InstantSource.fixed(now);
  }

  @Override
  public Instant instant() {
    return source.instant().plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
