package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.text;

import io.vestibule.core.Destination;
import io.vestibule.core.Status;
import io.vestibule.store.rows.Transition.Actor;
import io.vestibule.store.rows.Transition.Assignment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Writes one line of {@link Transitions}; guards stand in the order in which they are named. */
final class TransitionBuilder {

  private final String name;
  private final String deed;
  private final List<Actor> actors = new ArrayList<>();
  private final Set<Status> from = EnumSet.noneOf(Status.class);
  private final List<Guard> guards = new ArrayList<>();
  private final List<Assignment> sets = new ArrayList<>();
  private final List<String> removes = new ArrayList<>();
  private final Map<String, String> kept = new LinkedHashMap<>();
  private final Map<String, AttributeValue> constants = new HashMap<>();

  TransitionBuilder(String name, String deed) {
    this.name = name;
    this.deed = deed;
  }

  TransitionBuilder by(String function, Destination... tables) {
    actors.add(new Actor(function, Set.of(tables)));
    return this;
  }

  /** From one of these states, and the row must be in one. */
  TransitionBuilder from(Status... states) {
    from.addAll(List.of(states));
    var names =
        Arrays.stream(states).map(Transition::placeholder).collect(Collectors.joining(", "));
    return state(states.length == 1 ? "#status = " + names : "#status IN (%s)".formatted(names))
        .names(states);
  }

  /**
   * From one of these states, and the row must be in the one that it was read in.
   *
   * @param placeholder of that state
   */
  TransitionBuilder fromAsRead(String placeholder, Status... states) {
    from.addAll(List.of(states));
    return state("#status = " + placeholder);
  }

  /** From one of these states, and it is not asked in which the row is. */
  TransitionBuilder fromWhatever(Status... states) {
    from.addAll(List.of(states));
    return this;
  }

  /** From one of these states; the others are told by the condition. */
  TransitionBuilder fromNot(String condition, Set<Status> others, Status... states) {
    from.addAll(List.of(states));
    return state(condition).names(others.toArray(Status[]::new));
  }

  /**
   * From a state in which no mailer is at the row: it waits for one, or whoever claimed it has not
   * come back.
   */
  TransitionBuilder fromUnclaimed() {
    from.addAll(List.of(Status.PENDING, Status.MAILING));
    return state("(#status = :pending OR (#status = :mailing AND #leaseUntil <= :now))")
        .names(Status.PENDING, Status.MAILING);
  }

  private TransitionBuilder state(String condition) {
    guards.add(Guard.of("state", condition));
    return this;
  }

  private TransitionBuilder names(Status... states) {
    for (var state : states) {
      constants.put(Transition.placeholder(state), text(state.name()));
    }
    return this;
  }

  TransitionBuilder guard(String guard, String condition) {
    guards.add(Guard.of(guard, condition));
    return this;
  }

  TransitionBuilder guard(Guard guard) {
    guards.add(guard);
    return this;
  }

  /** A value that a condition or a column has every time. */
  TransitionBuilder where(String placeholder, AttributeValue value) {
    constants.put(placeholder, value);
    return this;
  }

  TransitionBuilder set(String column, String value) {
    sets.add(new Assignment(column, value, false));
    return this;
  }

  /** A column that is written only if there is a value for it. */
  TransitionBuilder setIfGiven(String column, String value) {
    sets.add(new Assignment(column, value, true));
    return this;
  }

  TransitionBuilder remove(String... columns) {
    removes.addAll(List.of(columns));
    return this;
  }

  /** Of an end: a column that the tombstone has, and what for. */
  TransitionBuilder keep(String column, String reason) {
    kept.put(column, reason);
    return this;
  }

  /** The row goes on in this state. */
  Transition to(Status state) {
    return transition(Optional.of(state));
  }

  /** The row ends in this state: a tombstone remains. */
  Transition end(Status state) {
    sets.addAll(
        0,
        List.of(
            new Assignment("doneAt", ":now", false),
            new Assignment("expiresAt", ":expiresAt", false)));
    Tombstone.EMPTIED.stream().filter(column -> !kept.containsKey(column)).forEach(removes::add);
    return transition(Optional.of(state));
  }

  /** The row stays in the state that it is in. */
  Transition stay() {
    return transition(Optional.empty());
  }

  private Transition transition(Optional<Status> to) {
    return new Transition(
        name,
        deed,
        List.copyOf(actors),
        Set.copyOf(from),
        to,
        List.copyOf(guards),
        List.copyOf(sets),
        List.copyOf(removes),
        Map.copyOf(kept),
        Map.copyOf(constants));
  }
}
