package io.vestibule.core.forms;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * When a form closes by itself.
 *
 * @param text a day, such as {@code 2026-12-31}: the form is open to its end, where the business
 *     is; or a moment with its offset, such as {@code 2026-12-31T18:00:00+01:00}, from which on it
 *     is closed (RFC 3339)
 */
public record Closes(String text) {

  private static final int DAY = "2026-12-31".length();

  /** Refuses what is neither. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Closes {
    try {
      var _ = at(text, ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "\"closes\" must be a day such as 2026-12-31, or a moment such as"
              + " 2026-12-31T18:00:00+01:00",
          e);
    }
  }

  /** From when on the form is closed. */
  public Instant at(ZoneId business) {
    return at(text, business);
  }

  private static Instant at(String text, ZoneId business) {
    return text.length() == DAY
        ? LocalDate.parse(text).plusDays(1).atStartOfDay(business).toInstant()
        : OffsetDateTime.parse(text).toInstant();
  }
}
