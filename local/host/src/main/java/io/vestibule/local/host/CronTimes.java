package io.vestibule.local.host;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When a schedule is due, in UTC, by its {@code cron} expression as EventBridge Scheduler takes it.
 * A minute may be a number, each, or each fifth of the hour and the like; an hour a number, a
 * range, or each; a day one of the month, one of the week, or each. No template of ours has more;
 * the rest is refused.
 *
 * <p>{@code rate(…)} is refused, too: EventBridge Scheduler would call such a schedule as soon as
 * it is made, while the rest of the stack is not there yet.
 *
 * @param times of a day, ascending
 * @param day of the month; empty for each
 * @param weekday empty for each
 * @see <a
 *     href="https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html">Schedule
 *     types</a>
 */
record CronTimes(List<LocalTime> times, OptionalInt day, Optional<DayOfWeek> weekday) {

  private static final Pattern FORM =
      Pattern.compile(
          "cron\\((?<minute>\\*|[0-5]?\\d|0/[1-5]?\\d) (?<hour>\\*|(1?\\d|2[0-3])(-(1?\\d|2[0-3]))?)"
              + " ((?<day>\\*|[1-9]|1\\d|2[0-8]) \\* \\?"
              + "|\\? \\* (?<weekday>MON|TUE|WED|THU|FRI|SAT|SUN)) \\*\\)");

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException it is of no kind that is known here
   */
  static CronTimes parse(String expression) {
    var cron = FORM.matcher(expression);
    if (!cron.matches()
        || cron.group("minute").startsWith("0/0")
        || values(cron.group("hour"), 24).isEmpty()) {
      throw new IllegalArgumentException(
          ("This run knows schedules such as cron(0/5 * * * ? *), cron(15 0 * * ? *), cron(30 4 1"
                  + " * ? *) and cron(0/10 3-5 ? * MON *) only, not %s; one with rate(…) would run"
                  + " while a stack is still being made")
              .formatted(expression));
    }
    var minutes = values(cron.group("minute"), 60);
    var times =
        values(cron.group("hour"), 24).stream()
            .flatMap(hour -> minutes.stream().map(minute -> LocalTime.of(hour, minute)))
            .toList();
    return new CronTimes(times, day(cron.group("day")), weekday(cron.group("weekday")));
  }

  private static OptionalInt day(@Nullable String field) {
    return field == null || field.equals("*")
        ? OptionalInt.empty()
        : OptionalInt.of(Integer.parseInt(field));
  }

  private static Optional<DayOfWeek> weekday(@Nullable String field) {
    return Stream.of(DayOfWeek.values())
        .filter(day -> field != null && day.name().startsWith(field))
        .findFirst();
  }

  /** Which values below a limit a field of the expression means, ascending. */
  private static List<Integer> values(String field, int limit) {
    if (field.startsWith("0/")) {
      int step = Integer.parseInt(field.substring(2));
      return IntStream.range(0, limit).filter(it -> it % step == 0).boxed().toList();
    }
    if (field.equals("*")) {
      return IntStream.range(0, limit).boxed().toList();
    }
    var ends = field.split("-", 2);
    return IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))
        .boxed()
        .toList();
  }

  /** The first time after a moment at which the schedule is due. */
  Instant next(Instant after) {
    var today = LocalDate.ofInstant(after, ZoneOffset.UTC);
    return Stream.iterate(today, it -> it.plusDays(1))
        .filter(it -> day.isEmpty() || it.getDayOfMonth() == day.getAsInt())
        .filter(it -> weekday.isEmpty() || it.getDayOfWeek() == weekday.get())
        .flatMap(it -> times.stream().map(time -> it.atTime(time).toInstant(ZoneOffset.UTC)))
        .filter(time -> time.isAfter(after))
        .findFirst()
        .orElseThrow();
  }
}
