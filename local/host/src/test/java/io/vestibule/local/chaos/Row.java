package io.vestibule.local.chaos;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A submission in a simulation: what was handed in, what became of it, and who knows of it. */
final class Row {

  final String id;
  final Map<String, String> fields;
  final List<Change> changes = new ArrayList<>();
  private final Set<Integer> delivered = new HashSet<>();

  Row(String id, Map<String, String> fields) {
    this.id = id;
    this.fields = fields;
  }

  Change newest() {
    return changes.getLast();
  }

  boolean isGone() {
    return newest().isRemoval();
  }

  /** How the books call what has become of it, once all that was owed is delivered. */
  String state() {
    return isGone()
        ? "expired"
        : switch (newest().status()) {
          case "DONE" -> "done";
          case "HELD" -> "held";
          default -> "open";
        };
  }

  /** The day in whose books it is. */
  LocalDate day() {
    return LocalDate.ofInstant(changes.getFirst().createdAt(), ZoneOffset.UTC);
  }

  boolean wasEver(String status) {
    return changes.stream().anyMatch(it -> !it.isRemoval() && it.status().equals(status));
  }

  /** The oldest change that a function has not handled yet: a row's changes come in order. */
  Optional<Change> nextFor(String function) {
    return of(function).stream().filter(it -> !delivered.contains(changes.indexOf(it))).findFirst();
  }

  /** The changes that a function has handled, and may get again. */
  List<Change> handledBy(String function) {
    return of(function).stream().filter(it -> delivered.contains(changes.indexOf(it))).toList();
  }

  void handled(Change change) {
    delivered.add(changes.indexOf(change));
  }

  private List<Change> of(String function) {
    return changes.stream()
        .filter(it -> it.recipient().filter(function::equals).isPresent())
        .toList();
  }
}
