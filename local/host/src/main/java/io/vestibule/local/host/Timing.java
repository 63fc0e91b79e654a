package io.vestibule.local.host;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A schedule's expression, as EventBridge Scheduler takes it: {@code rate(value unit)}, or a {@code
 * cron} of a time of every day, in UTC. No template of ours has one of another kind; they are
 * refused.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html">Schedule
 *     types</a>
 */
sealed interface Timing {

  /** The first time after a moment at which the schedule is due, if it began or ran then. */
  Instant next(Instant after);

  /** Again and again, with so much time in between. */
  record Rate(Duration period) implements Timing {

    private static final Pattern FORM =
        Pattern.compile("rate\\((?<value>[1-9]\\d{0,5}) (?<unit>minute|hour|day)s?\\)");

    @Override
    public Instant next(Instant after) {
      return after.plus(period);
    }

    private static Rate of(Matcher rate) {
      int value = Integer.parseInt(rate.group("value"));
      return new Rate(
          switch (rate.group("unit")) {
            case "minute" -> Duration.ofMinutes(value);
            case "hour" -> Duration.ofHours(value);
            default -> Duration.ofDays(value);
          });
    }
  }

  /** Every day at a time, in UTC. */
  record Daily(LocalTime at) implements Timing {

    private static final Pattern FORM =
        Pattern.compile("cron\\((?<minute>[0-5]?\\d) (?<hour>1?\\d|2[0-3]) \\* \\* \\? \\*\\)");

    @Override
    public Instant next(Instant after) {
      var today = after.truncatedTo(ChronoUnit.DAYS).atZone(ZoneOffset.UTC).with(at).toInstant();
      return today.isAfter(after) ? today : today.plus(Duration.ofDays(1));
    }

    private static Daily of(Matcher cron) {
      return new Daily(
          LocalTime.of(
              Integer.parseInt(cron.group("hour")), Integer.parseInt(cron.group("minute"))));
    }
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException it is of no kind that is known here
   */
  static Timing parse(String expression) {
    Matcher rate = Rate.FORM.matcher(expression);
    if (rate.matches()) {
      return Rate.of(rate);
    }
    Matcher cron = Daily.FORM.matcher(expression);
    if (cron.matches()) {
      return Daily.of(cron);
    }
    throw new IllegalArgumentException(
        "This run knows schedules such as rate(5 minutes) and cron(15 0 * * ? *) only, not "
            + expression);
  }
}
