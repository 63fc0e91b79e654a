package io.vestibule.core;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Locale;

/**
 * Times as the tables hold them: ISO 8601 in UTC with exactly three decimals, {@code
 * 2026-11-21T20:14:00.000Z}. All have one length, so they compare as text in the order of time,
 * which is what conditions in DynamoDB compare.
 */
public final class Timestamp {

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT)
          .withZone(ZoneOffset.UTC);

  private Timestamp() {}

  public static String of(Instant time) {
    return MILLIS.format(time);
  }

  /**
   * Reads exactly what {@link #of} writes.
   *
   * @throws DateTimeParseException for anything else, years beyond four digits among it: strangers
   *     can write to tables that are read with this
   */
  public static Instant parse(String text) {
    return MILLIS.parse(text, Instant::from);
  }
}
