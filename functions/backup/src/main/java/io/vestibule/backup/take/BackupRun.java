package io.vestibule.backup.take;

import io.vestibule.backup.Backup;

/** What a run has come to. */
sealed interface BackupRun {

  /** There is a new backup. */
  record Taken(Backup backup) implements BackupRun {}

  /** There will be, when this one is gone on with. */
  record Waiting(Progress progress) implements BackupRun {}

  /** There was none to go on with. */
  record NothingWaits() implements BackupRun {}

  /** Another run is at it, and this one did nothing. */
  record Busy() implements BackupRun {}
}
