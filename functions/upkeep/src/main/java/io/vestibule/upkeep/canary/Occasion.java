package io.vestibule.upkeep.canary;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.regex.Pattern;

/**
 * A round of the canary that is wanted.
 *
 * @param name of it: the same name is the same round
 * @param lateAt when it should have been done; it is late from then on
 */
record Occasion(String name, Instant lateAt) {

  /** The event of the schedule, which calls between three and six on Monday (UTC). */
  static final String WEEKLY = "weekly";

  private static final Duration BEGINS = Duration.ofHours(3);

  /** Some forty minutes, most of which an erasure waits for whoever was at work meanwhile. */
  private static final Duration TAKES = Duration.ofMinutes(90);

  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");

  /**
   * What an event asks for.
   *
   * @param round the week's, or a name that somebody has given theirs: that one is never late
   * @throws IllegalArgumentException if it is no name
   */
  static Occasion of(String round, Instant now) {
    if (!round.equals(WEEKLY)) {
      if (!NAME.matcher(round).matches()) {
        throw new IllegalArgumentException("A round is named by a-z, 0-9 and -, 40 at most");
      }
      return new Occasion("by-hand-" + round, Instant.MAX);
    }
    var monday = LocalDate.ofInstant(now, ZoneOffset.UTC).with(ChronoField.DAY_OF_WEEK, 1);
    var begins = monday.atStartOfDay(ZoneOffset.UTC).toInstant().plus(BEGINS);
    return new Occasion(monday.toString(), begins.plus(TAKES));
  }
}
