package io.vestibule.checkup;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Looks whether what is stored could be brought back. */
public record CheckRuns(LastRuns runs) {

  /** One is taken each night; somebody who looks in the morning does not hear of tonight's. */
  private static final Duration BACKUP = Duration.ofHours(36);

  /** As long as the alarm about it waits. */
  private static final Duration DRILL = Duration.ofDays(35);

  public Check backup(Instant now) {
    return runs.backup()
        .map(
            last ->
                last.isAfter(now.minus(BACKUP))
                    ? Check.ok("backup")
                    : Check.wrong("backup", "old", Map.of("at", last.toString())))
        .orElseGet(() -> Check.wrong("backup", "none", Map.of()));
  }

  public Check drill(Instant now) {
    var passed = runs.passedDrill();
    var failed = runs.failedDrill();
    if (failed.isPresent() && failed.get().isAfter(passed.orElse(Instant.MIN))) {
      return Check.wrong("drill", "failed", Map.of("at", failed.get().toString()));
    }
    return passed
        .map(
            last ->
                last.isAfter(now.minus(DRILL))
                    ? Check.ok("drill")
                    : Check.wrong("drill", "old", Map.of("at", last.toString())))
        .orElseGet(() -> Check.wrong("drill", "none", Map.of()));
  }
}
