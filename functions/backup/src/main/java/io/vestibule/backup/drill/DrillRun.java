package io.vestibule.backup.drill;

/** What a run has come to. */
sealed interface DrillRun {

  /** The newest backup was drilled. */
  record Drilled(DrillReport report) implements DrillRun {}

  /** There is no backup yet, and there never was a drill. */
  record NoBackupYet() implements DrillRun {}

  /** There was nothing to drill, and there is no scratch table. */
  record NothingLeft() implements DrillRun {}

  /** Another run is at it, and this one did nothing. */
  record Busy() implements DrillRun {}
}
