package io.vestibule.backup;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The reports of drills, by their names. */
public final class Drills {

  private static final String ROOT = "drills/";
  public static final String PASSED = ROOT + "passed/";
  public static final String FAILED = ROOT + "failed/";

  /** A drill comes every month; CloudWatch's alarms look back for 7 at most, so we look. */
  private static final Duration AT_LEAST_EVERY = Duration.ofDays(35);

  private static final int MILLIS_DIGITS = 14;

  private final Bucket bucket;
  private final Clock clock;

  public Drills(Bucket bucket, Clock clock) {
    this.bucket = bucket;
    this.clock = clock;
  }

  /** Whether none has passed for 35 days; before the first, since the oldest backup. */
  public boolean isOverdue() {
    Instant limit = clock.instant().minus(AT_LEAST_EVERY);
    return time(bucket.keys(PASSED).reversed().stream().findFirst(), PASSED)
        .or(() -> time(bucket.folders(Backup.ROOT).stream().findFirst(), ""))
        .filter(since -> since.isBefore(limit))
        .isPresent();
  }

  /** Whether there was never one, passed or not. */
  public boolean areNone() {
    return bucket.folders(ROOT).isEmpty();
  }

  private static Optional<Instant> time(Optional<String> key, String folder) {
    return key.map(name -> name.substring(folder.length(), folder.length() + MILLIS_DIGITS))
        .map(Long::valueOf)
        .map(Instant::ofEpochMilli);
  }
}
