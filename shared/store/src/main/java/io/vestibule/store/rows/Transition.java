package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.text;

import io.vestibule.core.Destination;
import io.vestibule.core.RowId;
import io.vestibule.core.Status;
import io.vestibule.store.Attributes;
import io.vestibule.store.RowChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One way in which a row of {@code submissions} or {@code requests} changes: a line of {@link
 * Transitions}.
 *
 * @param deed what happens, in the words of the diagram, without a colon
 * @param actors who makes the change, and in which table
 * @param from the states that a row can be in when this happens to it
 * @param to the state that it is in after that; empty if it stays where it is
 * @param guards what must hold, besides that there is such a row
 * @param sets the columns that are written, besides {@code status} and {@code open}
 * @param removes the columns that go
 * @param kept the columns of {@link Tombstone#EMPTIED} that an end leaves, each with the reason
 * @param constants values that are the same every time
 */
public record Transition(
    String name,
    String deed,
    List<Actor> actors,
    Set<Status> from,
    Optional<Status> to,
    List<Guard> guards,
    List<Assignment> sets,
    List<String> removes,
    Map<String, String> kept,
    Map<String, AttributeValue> constants) {

  /** Written first, as {@link RowChange} demands. */
  private static final String IS_THERE = "attribute_exists(#id)";

  /**
   * Who makes a change.
   *
   * @param function its logical id in the template
   */
  public record Actor(String function, Set<Destination> tables) {

    boolean is(String which, Destination table) {
      return function.equals(which) && tables.contains(table);
    }
  }

  /**
   * A column and what it becomes.
   *
   * @param optional whether it is left as it is if no value is given
   */
  public record Assignment(String column, String value, boolean optional) {

    private boolean isMade(Set<String> given) {
      return !optional || given.contains(value);
    }

    private String text() {
      return "#%s = %s".formatted(column, value);
    }
  }

  /** The placeholder of a state that the table names. */
  static String placeholder(Status status) {
    return ":" + status.name().toLowerCase(Locale.ROOT);
  }

  /** Whether the row has ended: it is a tombstone. */
  public boolean isEnd() {
    return to.filter(Tombstone.ENDS::contains).isPresent();
  }

  /** Whether the row is found among what is open from then on. */
  private boolean isOpen() {
    return to.isPresent() && (!isEnd() || kept.containsKey("open"));
  }

  public boolean isMadeBy(String function, Destination table) {
    return actors.stream().anyMatch(actor -> actor.is(function, table));
  }

  /** All columns that the change or its condition names, whatever values are given. */
  public Set<String> columns() {
    var texts = new ArrayList<>(List.of(update(all -> true), IS_THERE));
    guards.forEach(guard -> texts.addAll(List.of(guard.expression(), guard.otherwise())));
    return new TreeSet<>(Attributes.names(texts.toArray(String[]::new)).values());
  }

  /**
   * The update expression.
   *
   * @param given the values that there are, each as {@code :name}
   */
  public String update(Set<String> given) {
    return update(assignment -> assignment.isMade(given));
  }

  private String update(Predicate<Assignment> isMade) {
    var written = new ArrayList<String>();
    to.ifPresent(state -> written.add("#status = " + placeholder(state)));
    if (isOpen()) {
      written.add("#open = :open");
    }
    sets.stream().filter(isMade).map(Assignment::text).forEach(written::add);
    var removed = removes.stream().map("#"::concat).toList();
    return Stream.of(clause("SET ", written), clause("REMOVE ", removed))
        .filter(clause -> !clause.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private static String clause(String keyword, List<String> actions) {
    return actions.isEmpty() ? "" : keyword + String.join(", ", actions);
  }

  /**
   * The condition expression.
   *
   * @param given the values that there are, each as {@code :name}
   */
  public String condition(Set<String> given) {
    var conditions = new ArrayList<>(List.of(IS_THERE));
    guards.stream()
        .map(guard -> guard.text(given))
        .filter(text -> !text.isEmpty())
        .forEach(conditions::add);
    return String.join(" AND ", conditions);
  }

  /**
   * The change of a row.
   *
   * @param values what the table leaves open, each as {@code :name}
   */
  public RowChange change(String table, RowId id, Map<String, AttributeValue> values) {
    var all = new HashMap<>(values);
    all.putAll(constants);
    to.ifPresent(state -> all.put(placeholder(state), text(state.name())));
    if (isOpen()) {
      to.ifPresent(state -> all.put(":open", text(OpenWork.of(state, id))));
    }
    return new RowChange(
        table, Submissions.key(id), update(values.keySet()), condition(values.keySet()), all);
  }
}
