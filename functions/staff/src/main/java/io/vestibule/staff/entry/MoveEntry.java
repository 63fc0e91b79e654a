package io.vestibule.staff.entry;

import io.vestibule.core.EntryId;
import io.vestibule.staff.roles.Role;
import io.vestibule.store.audit.StaffAudit;
import io.vestibule.store.audit.StaffAudit.Person;
import io.vestibule.store.people.Entries;
import io.vestibule.store.people.EntryState;
import io.vestibule.store.people.Lookups;
import java.time.Clock;

/** Moves an entry on: somebody takes it up, or puts it down as done. Nobody is opened for it. */
public final class MoveEntry {

  private final Entries entries;
  private final Lookups lookups;
  private final StaffAudit audit;
  private final Clock clock;

  public MoveEntry(Entries entries, Lookups lookups, StaffAudit audit, Clock clock) {
    this.entries = entries;
    this.lookups = lookups;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Moves it, after the audit says who does.
   *
   * @param from as the person saw it
   * @return false if it is gone, or somebody else was faster
   */
  public boolean run(
      EntryId id, Person person, Role role, EntryState from, EntryState to, String request) {
    return SeenEntry.of(entries, id, role)
        .filter(it -> Entries.state(it.item()).filter(from::equals).isPresent())
        .anyMatch(
            seen -> {
              audit.moves(person, seen.owner(), id, to.code(), request, clock.instant());
              return entries.move(seen.owner(), id, from, to, seen.form(), lookups);
            });
  }
}
