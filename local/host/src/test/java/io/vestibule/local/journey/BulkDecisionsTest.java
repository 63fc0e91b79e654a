package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Destination;
import io.vestibule.core.HeldReason;
import io.vestibule.core.Json;
import io.vestibule.core.RowId;
import io.vestibule.core.Timestamp;
import io.vestibule.local.host.Outcome;
import io.vestibule.store.RowChange;
import io.vestibule.store.rows.HeldSubmissions;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a person decides about everything at once that is held for one reason, of one form. */
class BulkDecisionsTest extends Journey {

  @BeforeAll
  void standStill() throws Exception {
    host.drain(LIMIT);
    host.stopEvents();
  }

  /** The index is read a page at a time, the rows a hundred in a call. */
  @Test
  void aRunSettlesSoManyReadsNoMoreOfThemAndSaysWhetherThereMayBeMore() throws Exception {
    tables.clear("submissions");
    var held = Set.copyOf(put(1_103, "mail-failed", "contact"));

    assertThat(callsToReadTheRowsOf(1_000, true)).isEqualTo(10);
    assertThat(callsToReadTheRowsOf(103, false)).isEqualTo(2);

    assertThat(tables.items("submissions"))
        .filteredOn(item -> held.contains(Tables.text(item, "id")))
        .hasSize(held.size())
        .allMatch(item -> Tables.text(item, "status").equals("ERASED"));
    assertThat(decide("rejectAll", "mail-failed", "contact").path("count").asInt()).isZero();
  }

  private long callsToReadTheRowsOf(int settled, boolean more) throws Exception {
    try (var recording = host.calls().record()) {
      assertThat(decide("rejectAll", "mail-failed", "contact"))
          .isEqualTo(answer("rejected", settled, more));
      return recording.of("ReconcileFunction").stream()
          .filter(call -> call.operation().equals("BatchGetItem"))
          .count();
    }
  }

  @Test
  void whatIsReleasedGoesOnAndOtherReasonsAndFormsStay() throws Exception {
    var released = put(2, "capped", "contact");
    var others =
        Stream.of(put(1, "too-large", "contact"), put(1, "capped", "elsewhere"))
            .flatMap(List::stream)
            .toList();
    var before = others.stream().map(tables::submission).toList();

    assertThat(decide("releaseAll", "capped", "contact")).isEqualTo(answer("released", 2, false));

    assertThat(released).allMatch(id -> tables.status(id).equals("PENDING"));
    assertThat(others.stream().map(tables::submission)).isEqualTo(before);
  }

  @Test
  void whatSomebodyMayHavePutThereOnPurposeIsDecidedOneByOne() {
    put(1, "forged", "contact");
    put(1, "unreadable", "contact");
    var before = tables.snapshot();

    for (var decision : List.of("releaseAll", "rejectAll")) {
      for (var reason : List.of("forged", "unreadable", "because", "")) {
        assertThat(invoke(decision, reason, "contact")).isInstanceOf(Outcome.Failed.class);
      }
    }
    assertThat(tables.snapshot()).isEqualTo(before);
  }

  /** Between the look and the write of a run. */
  @Test
  void whatIsHeldForAnotherReasonByThenIsLeftAlone() {
    var id = new RowId(put(1, "too-large", "contact").getFirst());
    var held = new HeldSubmissions(host.operator().dynamoDb(), "submissions");
    var before = tables.snapshot();

    assertThat(held.heldFor(HeldReason.CAPPED).reject(id, clock.instant()))
        .isEqualTo(RowChange.Effect.REFUSED);
    assertThat(held.heldFor(HeldReason.CAPPED).backToPending(id, clock.instant()))
        .isEqualTo(RowChange.Effect.REFUSED);
    assertThat(tables.snapshot()).isEqualTo(before);
    assertThat(held.heldFor(HeldReason.TOO_LARGE).reject(id, clock.instant()))
        .isEqualTo(RowChange.Effect.MADE);
  }

  /** Rows that are held, as the mailer leaves them. */
  private List<String> put(int count, String reason, String form) {
    var random = new SecureRandom();
    var ids =
        Stream.generate(() -> RowId.random(Destination.STORAGE, random).value())
            .limit(count)
            .toList();
    tables.put("submissions", ids.stream().map(id -> row(id, reason, form)).toList());
    return ids;
  }

  private Map<String, AttributeValue> row(String id, String reason, String form) {
    var now = clock.instant().minus(Duration.ofHours(1));
    var row = new HashMap<String, AttributeValue>();
    Map.of(
            "id",
            id,
            "form",
            form,
            "status",
            "HELD",
            "reason",
            reason,
            "open",
            "HELD#" + Math.floorMod(id.hashCode(), 8),
            "createdAt",
            Timestamp.of(now),
            "heldAt",
            Timestamp.of(now))
        .forEach((name, value) -> row.put(name, AttributeValue.fromS(value)));
    row.put("expiresAt", AttributeValue.fromN(Long.toString(end(now))));
    return row;
  }

  private static long end(Instant now) {
    return now.plus(Duration.ofDays(30)).getEpochSecond();
  }

  private static JsonNode answer(String outcome, int count, boolean more) throws IOException {
    return Json.MAPPER.readTree(
        "{\"outcome\":\"%s\",\"count\":%d,\"more\":%s}".formatted(outcome, count, more));
  }

  private JsonNode decide(String decision, String reason, String form) {
    return switch (invoke(decision, reason, form)) {
      case Outcome.Returned(var value) -> value;
      case Outcome.Failed failed -> throw new AssertionError(failed);
    };
  }

  private Outcome invoke(String decision, String reason, String form) {
    var event = Json.MAPPER.createObjectNode().put(decision, reason).put("form", form);
    return host.functions().invoke("ReconcileFunction", event, "test").outcome();
  }
}
