package io.vestibule.staff.entry;

import io.vestibule.core.EntryId;
import io.vestibule.staff.roles.Role;
import io.vestibule.store.audit.StaffAudit;
import io.vestibule.store.audit.StaffAudit.Person;
import io.vestibule.store.people.Entries;
import io.vestibule.store.people.EntryState;
import java.time.Clock;

/** Moves an entry on: somebody takes it up, or puts it down as done. Nobody is opened for it. */
public final class MoveEntry {

  private final Entries entries;
  private final StaffAudit audit;
  private final Clock clock;

  public MoveEntry(Entries entries, StaffAudit audit, Clock clock) {
    this.entries = entries;
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
        .map(SeenEntry::owner)
        .anyMatch(
            owner -> {
              audit.moves(person, owner, id, to.code(), request, clock.instant());
              return entries.move(owner, id, from, to);
            });
  }
}
