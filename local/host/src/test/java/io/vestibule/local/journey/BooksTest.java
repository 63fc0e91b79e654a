package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import io.vestibule.local.host.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The books of a day: each submission that was accepted is in them once, whatever became of it. */
class BooksTest extends Journey {

  @Test
  void everySubmissionOfADayIsInTheBooksOnceWhateverBecameOfIt() throws Exception {
    var day = tomorrowNoon();
    long countedBefore = countedAtTheDoor();
    somebody().becomesACustomer(Map.of());
    somebody().submits(Map.of());
    held();
    rejected();
    assertThat(books(day)).hasToString(line(day, 4, 1, 1, 1, 0, 1));
    assertThat(countedAtTheDoor() - countedBefore).as("by the door").isEqualTo(4);

    clock.advance(Duration.ofHours(80));
    tables.expire(clock.instant());
    host.drain(LIMIT);

    assertThat(books(day)).hasToString(line(day, 4, 0, 1, 1, 1, 1));
  }

  @Test
  void aDayEndsAtMidnightUtc() throws Exception {
    var day = tomorrowNoon();
    clock.advance(Duration.between(clock.instant(), midnightAfter(day).minusSeconds(30)));
    somebody().submits(Map.of());
    clock.advance(Duration.ofSeconds(30));
    somebody().submits(Map.of());
    host.drain(LIMIT);

    assertThat(books(day).path("accepted").asInt()).isEqualTo(1);
    assertThat(books(day.plusDays(1)).path("accepted").asInt()).isEqualTo(1);
  }

  @Test
  void whatSomebodyDeletesIsMissing() throws Exception {
    var day = tomorrowNoon();
    somebody().submits(Map.of());
    var lost = somebody().submits(Map.of());
    host.drain(LIMIT);

    tables.remove("submissions", tables.submission(lost));
    host.drain(LIMIT);

    assertThat(books(day).path("accepted").asInt()).isEqualTo(1);
  }

  @Test
  void aFormThatSomebodyMadeUpIsNoMetric() throws Exception {
    var day = tomorrowNoon();
    var id = somebody().submits(Map.of());
    host.drain(LIMIT);
    tables.set(id, Map.of("form", "ada@example.net"));
    clock.advance(Duration.ofDays(1));

    var books = invoke("yesterday").path("books");

    assertThat(books.findValuesAsText("form")).containsOnly("(unknown)");
    assertThat(books.findValuesAsText("day")).containsOnly(day.toString());
    assertThat(host.logs().getOrDefault("ReconcileFunction", List.of()))
        .anyMatch(line -> line.contains("\"BooksAccepted\":1"))
        .noneMatch(line -> line.contains("ada@example.net"));
  }

  @Test
  void aDayThatIsNoneFails() {
    var event = Json.MAPPER.createObjectNode().put("books", "2026-11-31");
    assertThat(host.functions().invoke("ReconcileFunction", event, "test").outcome())
        .isInstanceOf(Outcome.Failed.class);
  }

  private void held() throws Exception {
    var id = somebody().submits(Map.of());
    host.drain(LIMIT);
    tables.setStatus(id, "VERIFIED");
    host.drain(LIMIT);
    assertThat(tables.status(id)).isEqualTo("HELD forged");
  }

  private void rejected() throws Exception {
    var id = somebody().submits(Map.of());
    host.drain(LIMIT);
    tables.setStatus(id, "VERIFIED");
    host.drain(LIMIT);
    var event = Json.MAPPER.createObjectNode().put("reject", id);
    host.functions().invoke("ReconcileFunction", event, "test");
  }

  /** A day that no other test has been at. */
  private LocalDate tomorrowNoon() {
    var noon = clock.instant().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(60));
    clock.advance(Duration.between(clock.instant(), noon));
    return LocalDate.ofInstant(noon, ZoneOffset.UTC);
  }

  private static Instant midnightAfter(LocalDate day) {
    return day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  private static String line(
      LocalDate day, int accepted, int open, int done, int held, int expired, int erased) {
    return Json.MAPPER
        .createObjectNode()
        .put("form", "contact")
        .put("day", day.toString())
        .put("accepted", accepted)
        .put("open", open)
        .put("done", done)
        .put("held", held)
        .put("expired", expired)
        .put("erased", erased)
        .toString();
  }

  /** The only book of that day. */
  private JsonNode books(LocalDate day) throws Exception {
    host.drain(LIMIT);
    var books = invoke(day.toString()).path("books");
    assertThat(books).hasSize(1);
    return books.path(0);
  }

  private JsonNode invoke(String day) {
    var event = Json.MAPPER.createObjectNode().put("books", day);
    return switch (host.functions().invoke("ReconcileFunction", event, "test").outcome()) {
      case Outcome.Returned(var value) -> value;
      case Outcome.Failed failed -> throw new AssertionError(failed);
    };
  }

  /** As CloudWatch would add it up for the form. */
  private long countedAtTheDoor() {
    return host.logs().getOrDefault("IntakeFunction", List.of()).stream()
        .filter(
            line ->
                line.contains("\"SubmissionAccepted\":1") && line.contains("\"Form\":\"contact\""))
        .count();
  }
}
