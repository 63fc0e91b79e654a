package io.vestibule.staff.list;

import io.vestibule.core.EntryId;
import io.vestibule.staff.entry.Move;
import io.vestibule.staff.entry.MoveEntry;
import io.vestibule.staff.roles.Role;
import io.vestibule.store.audit.StaffAudit.Person;
import java.util.List;

/** Moves several entries on. Each is one deed: what fails about one keeps no other back. */
public final class MoveSeveral {

  private final MoveEntry moveEntry;

  public MoveSeveral(MoveEntry moveEntry) {
    this.moveEntry = moveEntry;
  }

  /**
   * Moves them, one after another.
   *
   * @param request the invocation; of each entry the audit has a row of its own
   * @return how many were moved: the others are gone, or somebody else was faster
   */
  public int run(List<EntryId> ids, Person person, Role role, Move move, String request) {
    int moved = 0;
    for (int i = 0; i < ids.size(); i++) {
      if (moveEntry.run(ids.get(i), person, role, move, request + "." + i)) {
        moved++;
      }
    }
    return moved;
  }
}
