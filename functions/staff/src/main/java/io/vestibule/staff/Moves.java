package io.vestibule.staff;

import io.vestibule.staff.entry.Move;
import io.vestibule.staff.entry.Whose;
import io.vestibule.staff.page.ListView.Choice;
import io.vestibule.staff.page.StaffPage;
import io.vestibule.staff.roles.Roles;
import io.vestibule.store.people.EntryState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where entries may be moved to from where somebody sees them, as the buttons of pages. */
final class Moves {

  private Moves() {}

  /** Nobody takes over from a list that does not say whose each is: it may be a moment ago. */
  static List<Choice> from(Move.From from, StaffPage page) {
    boolean isAnothers = from.whose().filter(it -> it != Whose.ME).isPresent();
    return Stream.of(EntryState.TAKEN, EntryState.DONE, EntryState.NEW)
        .filter(to -> to != from.state() || isAnothers)
        .map(to -> new Choice(to.code(), name(from, to, page), false))
        .toList();
  }

  private static String name(Move.From from, EntryState to, StaffPage page) {
    boolean isOver = to == from.state() && from.whose().filter(Whose.ROLE::equals).isEmpty();
    return page.text("staff.move." + (isOver ? "over" : to.code()));
  }

  /** The roles to which they may be passed on; empty if there is only one that takes any. */
  static List<Choice> roles(Roles roles) {
    var takers = roles.takers();
    return takers.size() < 2
        ? List.of()
        : takers.stream()
            .map(it -> new Choice(new Move.To(EntryState.TAKEN, Optional.of(it)).code(), it, false))
            .toList();
  }

  /** What was pressed; a role is chosen beside its button. */
  static Optional<Move> read(String from, String to, String role) {
    return Move.From.of(from)
        .flatMap(it -> Move.To.of(to.equals("role") ? role : to).map(go -> new Move(it, go)));
  }
}
