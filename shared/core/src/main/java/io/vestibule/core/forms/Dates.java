package io.vestibule.core.forms;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The first and the last day that a field takes.
 *
 * @param from no limit, if absent
 * @param to no limit, if absent
 */
public record Dates(@Nullable Day from, @Nullable Day to) {

  /** On which the order of two limits is tried. */
  private static final LocalDate ANY_DAY = LocalDate.of(2028, 2, 29);

  /** Read when it is needed first, as few forms have limits. */
  private static final class Here {
    static final ZoneId ZONE = Business.load().timeZone();
  }

  public Dates {
    if (from == null && to == null) {
      throw new IllegalArgumentException("\"dates\" needs \"from\", \"to\", or both");
    }
    if (from != null && to != null && from.on(ANY_DAY).isAfter(to.on(ANY_DAY))) {
      throw new IllegalArgumentException("\"dates\": \"from\" must not be after \"to\"");
    }
  }

  /** The day that it is where the business is. */
  public static LocalDate today(Instant at) {
    return LocalDate.ofInstant(at, Here.ZONE);
  }

  /** How a date is outside of the limits. */
  sealed interface Breach {

    /** It is before the first day. */
    record Early(LocalDate from) implements Breach {}

    /** It is after the last day. */
    record Late(LocalDate to) implements Breach {}
  }

  /** How a date is outside of the limits as they were on some day; empty if it is within them. */
  Optional<Breach> breach(LocalDate date, LocalDate today) {
    if (from != null && date.isBefore(from.on(today))) {
      return Optional.of(new Breach.Early(from.on(today)));
    }
    if (to != null && date.isAfter(to.on(today))) {
      return Optional.of(new Breach.Late(to.on(today)));
    }
    return Optional.empty();
  }

  /**
   * A day: one of the calendar, or one that is told from today.
   *
   * @param text as it is written
   * @param fixed the day, if it is one of the calendar
   * @param distance from today to the day, if it is not
   */
  public record Day(@JsonValue String text, @Nullable LocalDate fixed, Period distance) {

    private static final Pattern FROM_TODAY =
        Pattern.compile(
            "today(?:([+-])(P(?=[0-9])(?:[0-9]{1,3}Y)?(?:[0-9]{1,3}M)?(?:[0-9]{1,4}D)?))?");

    /** Reads {@code 2027-01-31}, {@code today}, {@code today+P90D} or {@code today-P18Y}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Day of(String text) {
      var fromToday = FROM_TODAY.matcher(text);
      if (!fromToday.matches()) {
        return calendar(text);
      }
      if (fromToday.group(2) == null) {
        return new Day(text, null, Period.ZERO);
      }
      var distance = Period.parse(fromToday.group(2));
      return new Day(text, null, fromToday.group(1).equals("-") ? distance.negated() : distance);
    }

    private static Day calendar(String text) {
      try {
        return new Day(text, LocalDate.parse(text), Period.ZERO);
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException(
            "\"dates\" has \"%s\": allowed are days such as 2027-01-31, today, today+P90D, today-P18Y"
                .formatted(text),
            e);
      }
    }

    /** The day, as it is told on some day. */
    public LocalDate on(LocalDate today) {
      return fixed == null ? today.plus(distance) : fixed;
    }
  }
}
