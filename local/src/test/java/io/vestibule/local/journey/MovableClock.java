package io.vestibule.local.journey;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** The system's clock, and as far ahead of it as a test says; or one that stands still. */
public final class MovableClock extends Clock {

  private volatile InstantSource source = InstantSource.system();
  private volatile Duration ahead = Duration.ZERO;

  public void advance(Duration by) {
    ahead = ahead.plus(by);
  }

  /** From now on, at a full second, time passes by {@link #advance} only. */
  void stop() {
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
