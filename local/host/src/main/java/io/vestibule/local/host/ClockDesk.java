package io.vestibule.local.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vestibule.local.aws.MovableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Moves the clock of the run, and has what is due by it done. */
final class ClockDesk {

  /** A slip of the keyboard must not carry the run to years that no date here is written for. */
  private static final Duration FARTHEST = Duration.ofDays(3653);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final MovableClock clock;
  private final Scheduler scheduler;

  ClockDesk(MovableClock clock, Scheduler scheduler) {
    this.clock = clock;
    this.scheduler = scheduler;
  }

  Instant now() {
    return clock.instant();
  }

  /** Moves it on by {@code {"plus":"PT24H"}}, and answers what time it is then. */
  WebResponse move(byte[] body) {
    Optional<Duration> plus = plus(body);
    if (plus.isEmpty()) {
      return WebResponse.message(
          400, "Say how far the clock is to move on, up to ten years, as in {\"plus\":\"PT24H\"}.");
    }
    move(plus.get());
    return WebResponse.json(
        200, JsonNodeFactory.instance.objectNode().put("now", now().toString()));
  }

  /** Returns when the schedules that became due have been run, each once. */
  void move(Duration plus) {
    clock.advance(plus);
    scheduler.runDue();
  }

  private static Optional<Duration> plus(byte[] body) {
    try {
      JsonNode json = JSON.readTree(body);
      return Optional.of(Duration.parse(json.path("plus").asText()))
          .filter(plus -> plus.isPositive() && plus.compareTo(FARTHEST) <= 0);
    } catch (IOException | DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
