package io.vestibule.store.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.store.rows.RowCase.Danger;
import io.vestibule.store.rows.RowCase.Subject;
import java.io.IOException;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each guard of the table protects a row that nothing else does: with it the change is refused, and
 * without it the very same change would be made. A guard that no row needs fails the build, and so
 * does one that is taken away.
 */
@Tag("slow")
@Tag("check")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuardsTest {

  private final RowTables tables = new RowTables();

  GuardsTest() throws IOException {}

  @AfterAll
  void stop() throws Exception {
    tables.stop();
  }

  static Stream<RowCase> cases() {
    return RowCases.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aGuardAloneProtectsTheRow(RowCase it) {
    var sent = sent(it);
    for (Danger danger : it.dangers()) {
      var what = "%s: %s (guard %s)".formatted(it, danger.story(), danger.guard());
      var row = danger.row(it);
      tables.put(row);

      assertThat(sent.again(tables.client())).as(what).isFalse();
      assertThat(tables.now(it.row())).as(what).isEqualTo(row);
      assertThat(sent.without(guard(it, danger)).again(tables.client()))
          .as(what + ", were it not there")
          .isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aRowThatIsGoneStaysGone(RowCase it) {
    var sent = sent(it);
    tables.delete(it.row());

    assertThat(sent.again(tables.client())).isFalse();
    assertThat(tables.now(it.row())).isEmpty();
  }

  @Test
  void everyGuardHasARowThatNeedsIt() {
    var guards = new TreeSet<String>();
    for (Transition transition : Transitions.ALL) {
      transition.guards().forEach(guard -> guards.add(transition.name() + "." + guard.name()));
    }
    var needed = new TreeSet<String>();
    RowCases.all()
        .forEach(
            it ->
                it.dangers()
                    .forEach(danger -> needed.add(it.transition().name() + "." + danger.guard())));

    assertThat(needed).isEqualTo(guards);
  }

  /** What a store sends for the row that the transition fits. */
  private Sent sent(RowCase it) {
    tables.put(it.row());
    tables.sent();
    it.deed().to(new Subject(tables.client(), RowTables.name(it.destination()), it.row()));
    return tables.sent().stream()
        .filter(change -> change.is(it.transition()))
        .findFirst()
        .orElseThrow();
  }

  private static Guard guard(RowCase it, Danger danger) {
    return it.transition().guards().stream()
        .filter(guard -> guard.name().equals(danger.guard()))
        .findFirst()
        .orElseThrow();
  }
}
