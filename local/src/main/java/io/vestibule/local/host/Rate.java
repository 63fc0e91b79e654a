package io.vestibule.local.host;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A schedule's expression, as EventBridge Scheduler takes it: {@code rate(value unit)}. No template
 * of ours has one of another kind, {@code cron} or {@code at}; they are refused.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html">Schedule
 *     types</a>
 */
record Rate(Duration period) {

  private static final Pattern RATE =
      Pattern.compile("rate\\((?<value>[1-9]\\d{0,5}) (?<unit>minute|hour|day)s?\\)");

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException it is not a rate
   */
  static Rate parse(String expression) {
    Matcher rate = RATE.matcher(expression);
    if (!rate.matches()) {
      throw new IllegalArgumentException(
          "This run knows schedules such as rate(5 minutes) only, not " + expression);
    }
    int value = Integer.parseInt(rate.group("value"));
    return new Rate(
        switch (rate.group("unit")) {
          case "minute" -> Duration.ofMinutes(value);
          case "hour" -> Duration.ofHours(value);
          default -> Duration.ofDays(value);
        });
  }
}
