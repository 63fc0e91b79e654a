package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIterable;

import io.vestibule.core.RowId;
import io.vestibule.store.rows.RowCase.Subject;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the stores send is what the table of transitions says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransitionsTest {

  private final RowTables tables = new RowTables();

  TransitionsTest() throws IOException {}

  @AfterAll
  void stop() throws Exception {
    tables.stop();
  }

  static Stream<RowCase> cases() {
    return RowCases.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aStoreMakesTheChangeThatTheTableNames(RowCase it) {
    var transition = it.transition();
    tables.put(it.row());
    tables.sent();
    it.deed().to(subject(it));
    var sent = tables.sent().stream().filter(change -> change.table().equals(table(it))).toList();

    assertThat(sent).last().matches(change -> change.is(transition), transition.toString());
    var after = tables.now(it.row());
    var id = new RowId(text(it.row(), "id").orElseThrow());
    transition
        .to()
        .ifPresent(
            state -> {
              assertThat(text(after, "status")).contains(state.name());
              assertThat(text(after, "open").orElse("ended"))
                  .isEqualTo(isOver(transition) ? "ended" : OpenWork.of(state, id));
            });
    assertThat(transition.removes()).noneMatch(after::containsKey);
    assertThat(it.transition().actors()).anyMatch(by -> by.tables().contains(it.destination()));
    assertThat(it.transition().from().stream().map(Enum::name))
        .contains(text(it.row(), "status").orElseThrow());
  }

  /** What is done, and of which nobody is told yet, is open still. */
  private static boolean isOver(Transition transition) {
    return transition.isEnd() && !transition.kept().containsKey("open");
  }

  @Test
  void everyTransitionIsMadeByAStore() {
    assertThatIterable(RowCases.all().map(RowCase::transition).collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(Transitions.ALL);
  }

  @Test
  void everyTransitionOfTheTableIsListedUnderItsName() throws IllegalAccessException {
    for (var field : Transitions.class.getFields()) {
      if (field.get(null) instanceof Transition transition) {
        assertThat(transition.name()).isEqualTo(field.getName());
        assertThat(Transitions.ALL).contains(transition);
      }
    }
    assertThat(Transitions.ALL).doesNotHaveDuplicates();
  }

  private Subject subject(RowCase it) {
    return new Subject(tables.client(), table(it), it.row());
  }

  private static String table(RowCase it) {
    return RowTables.name(it.destination());
  }
}
