package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.bytes;
import static io.vestibule.store.Attributes.number;
import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.Destination;
import io.vestibule.core.RowId;
import io.vestibule.core.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A row that a transition fits, what a store does to it, and rows like it that a guard protects.
 *
 * @param destination which of the tables the row is in
 * @param row as it is before
 * @param deed the method of a store that makes the change
 * @param dangers rows that one guard alone keeps from being changed
 */
record RowCase(
    Transition transition,
    Destination destination,
    Map<String, AttributeValue> row,
    Deed deed,
    List<Danger> dangers) {

  static final Instant NOW = Instant.parse("2026-11-21T20:14:00Z");

  /** What a store does. */
  interface Deed {

    void to(Subject subject);
  }

  /** To whom it does it. */
  record Subject(DynamoDbClient dynamoDb, String table, Map<String, AttributeValue> item) {

    RowId id() {
      return text(item, "id").flatMap(RowId::parse).orElseThrow();
    }

    SubmissionRow row() {
      return SubmissionRow.read(id().destination(), item).orElseThrow();
    }

    OpenRow open() {
      return OpenRow.read(item).orElseThrow();
    }
  }

  /**
   * A row that differs in a column from the one that the transition fits.
   *
   * @param guard which one protects it
   * @param story what it has been through
   * @param value empty if the row lacks the column
   */
  record Danger(String guard, String story, String column, Optional<AttributeValue> value) {

    Map<String, AttributeValue> row(RowCase of) {
      var row = new HashMap<>(of.row);
      value.ifPresentOrElse(it -> row.put(column, it), () -> row.remove(column));
      return row;
    }
  }

  RowCase {
    dangers = List.copyOf(dangers);
  }

  static RowCase of(Transition transition, Destination destination, Status status, Deed deed) {
    var id = destination.choose("s", "r") + "AAAAAAAAAAAAAAAAAAAAAA";
    var row = new HashMap<String, AttributeValue>();
    row.put("id", text(id));
    row.put("form", text("contact"));
    row.put("status", text(status.name()));
    row.put("open", text(OpenWork.of(status, new RowId(id))));
    row.put("sealed", bytes(new byte[] {1}));
    row.put("sealingKey", text("key"));
    row.put("linkNo", number(2));
    row.put("createdAt", time(NOW.minusSeconds(60)));
    row.put("expiresAt", seconds(NOW.plusSeconds(60)));
    return new RowCase(transition, destination, row, deed, List.of());
  }

  /** The same with a column in the row. */
  RowCase with(String column, AttributeValue value) {
    var changed = new HashMap<>(row);
    changed.put(column, value);
    return new RowCase(transition, destination, changed, deed, dangers);
  }

  /** A row that differs in a column, and what has happened to it. */
  RowCase guardedBy(String guard, String story, String column, AttributeValue value) {
    return guardedBy(guard, story, column, Optional.of(value));
  }

  /** A row that lacks a column. */
  RowCase guardedBy(String guard, String story, String column) {
    return guardedBy(guard, story, column, Optional.empty());
  }

  private RowCase guardedBy(
      String guard, String story, String column, Optional<AttributeValue> value) {
    var more = new ArrayList<>(dangers);
    more.add(new Danger(guard, story, column, value));
    return new RowCase(transition, destination, row, deed, more);
  }

  /** Each of these states keeps a row from being changed. */
  RowCase guardedByState(Set<Status> states) {
    return states.stream()
        .reduce(
            this,
            (it, state) -> it.guardedBy("state", "it is " + state, "status", text(state.name())),
            (_, it) -> it);
  }

  /** The same of all states from which the transition does not begin. */
  RowCase guardedByOtherStates(Status... butNot) {
    var fine = Stream.concat(transition.from().stream(), Stream.of(butNot)).toList();
    return guardedByState(
        Stream.of(Status.values())
            .filter(state -> !fine.contains(state))
            .collect(Collectors.toSet()));
  }

  /** The same of all states but the one that the row was read in. */
  RowCase guardedByAnyOtherState() {
    return guardedByState(
        Stream.of(Status.values())
            .filter(state -> !text(state.name()).equals(row.get("status")))
            .collect(Collectors.toSet()));
  }

  @Override
  public String toString() {
    return transition.name() + " of " + destination.choose("submissions", "requests");
  }
}
