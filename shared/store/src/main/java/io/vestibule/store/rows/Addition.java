package io.vestibule.store.rows;

import io.vestibule.core.Destination;
import io.vestibule.core.Status;
import io.vestibule.store.rows.Transition.Actor;
import java.util.List;
import java.util.stream.Stream;

/**
 * A way in which a row comes into {@code submissions} or {@code requests}: a line of {@link
 * Transitions}. It is written only if there is none of its id.
 *
 * @param deed what happens, in the words of the diagram
 * @param actors who adds it, and in which table
 * @param to the state that it begins in
 * @param columns all that such a row can have
 */
public record Addition(
    String name, String deed, List<Actor> actors, Status to, List<String> columns) {

  /** The same with more columns. */
  Addition with(String... more) {
    return new Addition(
        name, deed, actors, to, Stream.concat(columns.stream(), Stream.of(more)).toList());
  }

  public boolean isMadeBy(String function, Destination table) {
    return actors.stream().anyMatch(actor -> actor.is(function, table));
  }

  /** The condition expression. */
  public String condition() {
    return "attribute_not_exists(id)";
  }
}
