package io.vestibule.core;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Times as the tables hold them: ISO 8601 in UTC with exactly three decimals, {@code
 * 2026-11-21T20:14:00.000Z}. All have one length, so they compare as text in the order of time,
 * which is what conditions in DynamoDB compare.
 */
public final class Timestamp {

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Timestamp() {}

  public static String of(Instant time) {
    return MILLIS.format(time);
  }

  public static Instant parse(String text) {
    return Instant.parse(text);
  }
}
