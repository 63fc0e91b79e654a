package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is held waits as long as its form says; the form {@code neighbour} says three days. */
class KeepHeldTest extends Journey {

  private static final Duration HELD = Duration.ofDays(3);

  private Instant begun = Instant.MIN;

  @Test
  void whatSmellsOfAMachineWaits() throws Exception {
    var id = submit("{\"email\":\"a@example.net\",\"name\":\"A\",\"_gotcha\":\"x\"}");

    assertThat(tables.status(id)).isEqualTo("HELD spam");
    endsIn(id);
  }

  @Test
  void whatWasNeverConfirmedWaits() throws Exception {
    var id = submit("{\"email\":\"b@example.net\",\"name\":\"B\"}");
    tables.setStatus(id, "VERIFIED");
    host.drain(LIMIT);

    assertThat(tables.status(id)).isEqualTo("HELD forged");
    endsIn(id);
  }

  @Test
  void whatCannotBeReadWaits() throws Exception {
    var id = submit("{\"email\":\"c@example.net\",\"name\":\"C\"}");
    tables.set(id, Map.of("status", "PENDING", "createdAt", "yesterday"));
    host.drain(LIMIT);

    assertThat(tables.status(id)).isEqualTo("HELD unreadable");
    endsIn(id);
  }

  private String submit(String json) throws Exception {
    begun = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    var answer = new Stranger(host).posts("/forms/neighbour", "application/json", json);
    host.drain(LIMIT);
    return Json.MAPPER.readTree(answer.body()).path("id").asText();
  }

  private void endsIn(String id) {
    var end =
        Instant.ofEpochSecond(
            Long.parseLong(Objects.requireNonNull(tables.submission(id).get("expiresAt")).n()));
    assertThat(end).isBetween(begun.plus(HELD), clock.instant().plus(HELD));
  }
}
