package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.rows.RowCase.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Awaited;
import io.vestibule.core.Status;
import io.vestibule.store.rows.RowCase.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What remains of a row that has ended is meant, or it is not there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TombstonesTest {

  /**
   * Times, counts and numbers, what the link of a receipt shows, which only that link opens, what a
   * newer receipt is made of, sealed, and for a day what the last mail needs.
   */
  private static final Set<String> OUTLIVES =
      Set.of(
          "answers",
          "awaits",
          "behalf",
          "customerId",
          "doneAt",
          "dueAt",
          "erasedAt",
          "expiresAt",
          "kind",
          "linkExpiresAt",
          "linkNo",
          "mailedAt",
          "notify",
          "pausedFor",
          "receipt",
          "releasedAt",
          "signature",
          "sweeps",
          "touchedAt",
          "touches",
          "verifiedAt");

  private final RowTables tables = new RowTables();

  TombstonesTest() throws IOException {}

  @AfterAll
  void stop() throws Exception {
    tables.stop();
  }

  static Stream<RowCase> ends() {
    return RowCases.all().filter(it -> it.transition().isEnd());
  }

  static Stream<Transition> endings() {
    return Transitions.ALL.stream().filter(Transition::isEnd);
  }

  @ParameterizedTest
  @MethodSource("ends")
  void anEndLeavesWhatItHasAReasonFor(RowCase it) {
    tables.put(it.row());
    it.deed().to(new Subject(tables.client(), RowTables.name(it.destination()), it.row()));
    var tombstone = tables.now(it.row());

    assertThat(text(tombstone, "status")).contains(it.transition().to().orElseThrow().name());
    assertThat(tombstone).containsKeys("id", "form", "createdAt", "doneAt");
    assertThat(Tombstone.EMPTIED.stream().filter(tombstone::containsKey))
        .isSubsetOf(it.transition().kept().keySet());
    assertThat(seconds(tombstone, "expiresAt"))
        .contains(NOW.plus(kept(it.transition(), tombstone)));
  }

  @Test
  void ofEachColumnItIsDecidedWhetherItOutlivesTheEnd() {
    assertThat(
            Transitions.ALL.stream()
                .flatMap(transition -> transition.sets().stream())
                .map(Transition.Assignment::column)
                .filter(column -> !Tombstone.EMPTIED.contains(column)))
        .isSubsetOf(OUTLIVES);
  }

  @ParameterizedTest
  @MethodSource("endings")
  void aReasonIsGivenForWhatWouldBeEmptiedElse(Transition end) {
    assertThat(Tombstone.EMPTIED).containsAll(end.kept().keySet());
    assertThat(end.kept()).doesNotContainKey("sealed");
  }

  @Test
  void onlyWhatOwesALastMailIsStillOpen() {
    assertThat(endings().filter(end -> end.kept().containsKey("open")))
        .isNotEmpty()
        .containsExactlyElementsOf(
            endings()
                .filter(end -> end.sets().stream().anyMatch(it -> it.column().equals("notify")))
                .toList());
  }

  /** Who has it is told that it is dead, whatever it was before: there is nothing to compare. */
  @Test
  void whatWasErasedCannotBeFoundByItsAddressNorReachedByItsLink() {
    assertThat(endings().filter(end -> end.to().orElseThrow() == Status.ERASED))
        .isNotEmpty()
        .allSatisfy(end -> assertThat(end.removes()).contains("emailIndex", "tokenHash"));
  }

  @Test
  void onlyWhatHasACopyIsStillFoundByItsAddress() {
    assertThat(endings().filter(end -> end.kept().containsKey("emailIndex")))
        .containsExactly(Transitions.ANSWER_BY_COPY);
  }

  /**
   * A row that is found by its address counts as something that is held: it goes with the copy. One
   * whose receipt awaits an answer stays for it.
   */
  private static Duration kept(Transition end, Map<String, AttributeValue> tombstone) {
    if (tombstone.containsKey("awaits")) {
      return Awaited.LONGEST;
    }
    return end.equals(Transitions.ANSWER_BY_COPY) ? ConfirmedRequests.COPY_KEPT : Tombstone.KEPT;
  }
}
