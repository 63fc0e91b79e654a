package io.vestibule.local.host;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * When a schedule is due, in UTC, by its {@code cron} expression as EventBridge Scheduler takes it.
 * A minute may be a number, each, or each fifth of the hour and the like; an hour and a day of the
 * month a number, or each. No template of ours has more; the rest is refused.
 *
 * <p>{@code rate(…)} is refused, too: EventBridge Scheduler would call such a schedule as soon as
 * it is made, while the rest of the stack is not there yet.
 *
 * @param times of a day, ascending
 * @param day of the month; empty for each
 * @see <a
 *     href="https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html">Schedule
 *     types</a>
 */
record CronTimes(List<LocalTime> times, OptionalInt day) {

  private static final Pattern FORM =
      Pattern.compile(
          "cron\\((?<minute>\\*|[0-5]?\\d|0/[1-5]?\\d) (?<hour>\\*|1?\\d|2[0-3])"
              + " (?<day>\\*|[1-9]|1\\d|2[0-8]) \\* \\? \\*\\)");

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException it is of no kind that is known here
   */
  static CronTimes parse(String expression) {
    var cron = FORM.matcher(expression);
    if (!cron.matches() || cron.group("minute").startsWith("0/0")) {
      throw new IllegalArgumentException(
          ("This run knows schedules such as cron(0/5 * * * ? *), cron(15 0 * * ? *) and"
                  + " cron(30 4 1 * ? *) only, not %s; one with rate(…) would run while a stack"
                  + " is still being made")
              .formatted(expression));
    }
    var minutes = values(cron.group("minute"), 60);
    var times =
        values(cron.group("hour"), 24).stream()
            .flatMap(hour -> minutes.stream().map(minute -> LocalTime.of(hour, minute)))
            .toList();
    return new CronTimes(times, day(cron.group("day")));
  }

  private static OptionalInt day(String field) {
    return field.equals("*") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(field));
  }

  /** Which values below a limit a field of the expression means, ascending. */
  private static List<Integer> values(String field, int limit) {
    if (field.startsWith("0/")) {
      int step = Integer.parseInt(field.substring(2));
      return IntStream.range(0, limit).filter(it -> it % step == 0).boxed().toList();
    }
    return field.equals("*")
        ? IntStream.range(0, limit).boxed().toList()
        : List.of(Integer.valueOf(field));
  }

  /** The first time after a moment at which the schedule is due. */
  Instant next(Instant after) {
    var today = LocalDate.ofInstant(after, ZoneOffset.UTC);
    return Stream.iterate(today, it -> it.plusDays(1))
        .filter(it -> day.isEmpty() || it.getDayOfMonth() == day.getAsInt())
        .flatMap(it -> times.stream().map(time -> it.atTime(time).toInstant(ZoneOffset.UTC)))
        .filter(time -> time.isAfter(after))
        .findFirst()
        .orElseThrow();
  }
}
