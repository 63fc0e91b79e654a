package io.vestibule.deletion.behalf;

import io.vestibule.core.Law;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * From when on the law counts: from the day on which somebody asked, where the business counts its
 * days.
 *
 * @param piplDays what "timely" means to the business
 */
public record Terms(Law law, ZoneId zone, int piplDays, Clock clock) {

  /** A letter may have lain about for long. What is older than any law's time is a mistyped day. */
  private static final int OLDEST_DAYS = 180;

  /** Whether somebody can have asked on that day: it has begun, and is not long ago. */
  boolean isPossible(LocalDate received) {
    var today = LocalDate.ofInstant(clock.instant(), zone);
    return !received.isAfter(today) && !received.isBefore(today.minusDays(OLDEST_DAYS));
  }

  Instant beginOf(LocalDate received) {
    return received.atStartOfDay(zone).toInstant();
  }

  Instant dueAt(Instant receivedAt) {
    return law.dueAt(receivedAt, zone, piplDays);
  }

  Instant now() {
    return clock.instant();
  }
}
