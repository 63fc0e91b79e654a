package io.vestibule.backup.drill;

import io.vestibule.backup.Backups;
import io.vestibule.backup.Drills;

/**
 * The first drill of an installation. In its first days there may be no backup yet: that is no
 * drill that failed, and the drill is made up for when there is one. Once there was a drill, a
 * bucket without a backup is a fault.
 */
record FirstDrill(Drills drills, Backups backups) {

  /** Whether it can be no drill yet. */
  boolean waitsForABackup() {
    return drills.areNone() && backups.latest().isEmpty();
  }

  /** Whether it is to be made, without waiting for the day of the month. */
  boolean isOwed() {
    return drills.areNone() && backups.latest().isPresent();
  }
}
