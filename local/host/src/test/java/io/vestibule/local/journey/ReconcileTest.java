package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Json;
import io.vestibule.core.RowId;
import io.vestibule.core.Status;
import io.vestibule.core.Timestamp;
import io.vestibule.local.host.Outcome;
import io.vestibule.store.rows.OpenSubmissions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is driven on when its stream no longer does, and what a person decides about the rest. */
class ReconcileTest extends Journey {

  private static final Path EVENTS = Path.of("..", "..", "events");
  private static final Duration HELD_OVER_THE_HOLIDAYS = Duration.ofDays(12);

  @Test
  void whatADeadMailerLeftBehindIsMailedWithTheSameLink() throws Exception {
    var ada = somebody();
    var id = ada.submits(Map.of());
    var link = ada.link();
    claimedUntil(id, clock.instant());

    after(Duration.ofMinutes(4));
    assertThat(tables.status(id)).as("redelivery may still take it over").isEqualTo("MAILING");
    after(Duration.ofMinutes(2));
    assertThat(tables.status(id)).isEqualTo("MAILED");
    assertThat(ada.mails()).hasSize(2);
    assertThat(ada.link()).isEqualTo(link);
    ada.presses(link);
    host.drain(LIMIT);
    assertThat(tables.status(id)).isEqualTo("DONE");
  }

  @Test
  void whatIsMailedStoredOrHeldForAPersonIsLeftAlone() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    ada.submits(Map.of());
    host.drain(LIMIT);
    var held = somebody().submits(Map.of());
    host.drain(LIMIT);
    tables.set(held, Map.of("status", "PENDING", "open", "PENDING#1", "sealingKey", "gone"));
    host.drain(LIMIT);
    assertThat(tables.status(held)).isEqualTo("HELD unreadable");
    var before = tables.items("submissions");

    after(Duration.ofMinutes(16));
    after(Duration.ofHours(7));
    assertThat(tables.items("submissions")).containsAll(before);
  }

  @Test
  void aCappedSubmissionIsMailedWhenTheDayTurns() throws Exception {
    clock.advance(Duration.between(clock.instant(), noonTomorrow()));
    var ada = somebody();
    for (int i = 0; i < 3; i++) {
      ada.submits(Map.of());
    }
    var fourth = ada.submits(Map.of());

    after(Duration.ofHours(11));
    assertThat(tables.status(fourth)).isEqualTo("HELD capped");
    assertThat(ada.mails()).hasSize(3);
    after(Duration.ofHours(2));
    assertThat(tables.status(fourth)).isEqualTo("MAILED");
    assertThat(ada.mails()).hasSize(4);
    ada.presses(ada.link());
    host.drain(LIMIT);
    assertThat(tables.status(fourth)).isEqualTo("DONE");
  }

  @Test
  void whatIsReleasedAfterALongTimeIsMailedAndHasTimeToBeConfirmed() throws Exception {
    var ada = somebody();
    var id = held(ada);

    clock.advance(HELD_OVER_THE_HOLIDAYS);
    assertThat(decide("release", id))
        .isEqualTo(Json.MAPPER.readTree("{\"outcome\":\"released\",\"status\":\"PENDING\"}"));
    host.drain(LIMIT);
    assertThat(tables.status(id)).isEqualTo("MAILED");
    ada.presses(ada.link());
    host.drain(LIMIT);
    assertThat(tables.status(id)).isEqualTo("DONE");
    assertThat(new Records(host).isKnown(ada.address)).isTrue();
  }

  @Test
  void whatIsRejectedLosesItsContentAndItsLink() throws Exception {
    var ada = somebody();
    var id = held(ada);
    var link = ada.link();

    assertThat(decide("reject", id).path("outcome").asText()).isEqualTo("rejected");
    assertThat(tables.status(id)).isEqualTo("ERASED forged");
    assertThat(tables.submission(id))
        .doesNotContainKeys("sealed", "proof", "emailIndex", "open", "heldAt")
        .containsKeys("doneAt", "expiresAt");
    assertThat(ada.get(link).statusCode()).isEqualTo(410);
    assertThat(ada.presses(link).statusCode()).isEqualTo(410);
  }

  @Test
  void aDecisionIsMadeOnceAndOnlyAboutWhatIsHeld() throws Exception {
    var stored = somebody().becomesACustomer(Map.of());
    var rejected = held(somebody());
    decide("reject", rejected);
    var before = tables.snapshot();

    assertThat(decide("reject", rejected).path("status").asText()).isEqualTo("ERASED");
    assertThat(decide("release", rejected).path("outcome").asText()).isEqualTo("not-held");
    assertThat(decide("reject", stored).path("status").asText()).isEqualTo("DONE");
    assertThat(decide("release", "sAAAAAAAAAAAAAAAAAAAAAA").path("outcome").asText())
        .isEqualTo("unknown");
    assertThat(tables.snapshot()).as("no ghosts either").isEqualTo(before);
  }

  @Test
  void anEventThatIsNoDecisionFails() {
    assertThat(invoke(Json.MAPPER.createObjectNode().put("releese", "x")))
        .isInstanceOf(Outcome.Failed.class);
    assertThat(invoke(Json.MAPPER.createObjectNode().put("release", "x")))
        .isInstanceOf(Outcome.Failed.class);
    assertThat(invoke(Json.MAPPER.createObjectNode().put("release", "x").put("reject", "y")))
        .isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void ofTwoReconcilersThatReadTheSameRowOneWins() throws Exception {
    var submissions = new OpenSubmissions(host.operator().dynamoDb(), "submissions");
    var id = new RowId(somebody().submits(Map.of()));
    host.drain(LIMIT);
    claimedUntil(id.value(), clock.instant());
    var row = submissions.read(List.of(id)).getFirst();
    var now = clock.instant();

    assertThat(submissions.touch(row, 1, now)).isTrue();
    assertThat(submissions.touch(row, 1, now)).isFalse();
    assertThat(submissions.mailAgain(row, 2, now)).isTrue();
    assertThat(submissions.mailAgain(row, 2, now)).isFalse();
    host.drain(LIMIT);
    assertThat(tables.status(id.value())).isEqualTo("MAILED");
  }

  @Test
  void aReconcilerThatIsLateUndoesNoPress() throws Exception {
    var submissions = new OpenSubmissions(host.operator().dynamoDb(), "submissions");
    var ada = somebody();
    var id = new RowId(ada.submits(Map.of()));
    var link = ada.link();
    claimedUntil(id.value(), clock.instant());
    var row = submissions.read(List.of(id)).getFirst();
    assertThat(row.status()).isEqualTo(Status.MAILING);
    ada.presses(link);

    assertThat(submissions.mailAgain(row, 1, clock.instant())).isFalse();
    host.drain(LIMIT);
    assertThat(submissions.touch(row, 1, clock.instant())).isFalse();
    assertThat(tables.status(id.value())).isEqualTo("DONE");
  }

  /** As it is after a mailer died in the middle; no filter lets this change through. */
  private void claimedUntil(String id, Instant lease) {
    tables.set(
        id, Map.of("status", "MAILING", "open", "MAILING#0", "leaseUntil", Timestamp.of(lease)));
  }

  /** A submission that was mailed, and that somebody then wrote VERIFIED on. */
  private String held(Person person) throws Exception {
    var id = person.submits(Map.of());
    host.drain(LIMIT);
    tables.setStatus(id, "VERIFIED");
    host.drain(LIMIT);
    assertThat(tables.status(id)).isEqualTo("HELD forged");
    return id;
  }

  private Instant noonTomorrow() {
    return clock.instant().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(36));
  }

  /** A later run. */
  private void after(Duration time) throws Exception {
    clock.advance(time);
    assertThat(
            invoke(Json.MAPPER.readTree(EVENTS.resolve("ReconcileFunction.often.json").toFile())))
        .isInstanceOf(Outcome.Returned.class);
    host.drain(LIMIT);
  }

  private JsonNode decide(String decision, String id) throws Exception {
    var file = EVENTS.resolve("ReconcileFunction.%s.json".formatted(decision));
    var event = (ObjectNode) Json.MAPPER.readTree(file.toFile());
    assertThat(event.has(decision)).isTrue();
    return assertThat(invoke(event.put(decision, id)))
        .asInstanceOf(type(Outcome.Returned.class))
        .actual()
        .value();
  }

  private Outcome invoke(JsonNode event) {
    return host.functions().invoke("ReconcileFunction", event, "test").outcome();
  }
}
