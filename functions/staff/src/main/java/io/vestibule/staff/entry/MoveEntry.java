package io.vestibule.staff.entry;

import io.vestibule.core.EntryId;
import io.vestibule.staff.roles.Role;
import io.vestibule.staff.roles.Roles;
import io.vestibule.store.audit.StaffAudit;
import io.vestibule.store.audit.StaffAudit.Person;
import io.vestibule.store.people.Entries;
import io.vestibule.store.people.Lookups;
import io.vestibule.store.people.Standing;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Moves an entry on: somebody takes it up, passes it on, marks it, or puts it down as done. Nobody
 * is opened for it.
 */
public final class MoveEntry {

  private final Entries entries;
  private final Lookups lookups;
  private final Roles roles;
  private final StaffAudit audit;
  private final Clock clock;

  public MoveEntry(Entries entries, Lookups lookups, Roles roles, StaffAudit audit, Clock clock) {
    this.entries = entries;
    this.lookups = lookups;
    this.roles = roles;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Moves it, after the audit says who does. It is passed on to no role that could not take it.
   *
   * @return false if it is gone, or somebody else was faster
   */
  public boolean run(EntryId id, Person person, Role role, Move move, String request) {
    return SeenEntry.of(entries, id, role)
        .filter(it -> move.to().role().filter(to -> !roles.takes(to, it.form())).isEmpty())
        .anyMatch(
            seen ->
                change(
                    seen,
                    now -> move.of(now, person),
                    _ ->
                        audit.moves(
                            person, seen.owner(), id, move.to().code(), request, clock.instant())));
  }

  /**
   * Marks it with tags, or takes marks away, after the audit says who does. What others have marked
   * meanwhile stays.
   *
   * @return false if it is gone, or somebody else changed it in this very moment
   */
  public boolean tag(
      EntryId id, Person person, Role role, Set<String> add, Set<String> remove, String request) {
    return SeenEntry.of(entries, id, role)
        .anyMatch(
            seen ->
                change(
                    seen,
                    now -> Optional.of(now.withTags(tagged(now.tags(), add, remove))),
                    to ->
                        audit.tags(person, seen.owner(), id, to.tags(), request, clock.instant())));
  }

  private static Set<String> tagged(Set<String> now, Set<String> add, Set<String> remove) {
    var tags = new TreeSet<>(now);
    tags.removeAll(remove);
    tags.addAll(add);
    return tags;
  }

  private boolean change(
      SeenEntry seen, Function<Standing, Optional<Standing>> step, Consumer<Standing> audited) {
    var now = Standing.of(seen.item());
    var to = now.flatMap(step);
    if (to.isEmpty() || to.equals(now)) {
      return to.isPresent(); // It stands there already.
    }
    audited.accept(to.get());
    return entries.change(
        seen.owner(), seen.id(), seen.form(), now.orElseThrow(), to.get(), lookups);
  }
}
