package io.vestibule.local.host;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * One run of a function, once it is over.
 *
 * @param cause what called it, in a few words for people
 */
public record Invocation(
    Instant at, String function, String requestId, String cause, Duration took, Outcome outcome) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

  /** One line for people. */
  @Override
  public String toString() {
    String error =
        outcome instanceof Outcome.Failed(String type, String message)
            ? "  failed: " + type + ": " + message
            : "";
    return "%s  %-20s  %5d ms  %s%s"
        .formatted(TIME.format(at), function, took.toMillis(), cause, error);
  }
}
