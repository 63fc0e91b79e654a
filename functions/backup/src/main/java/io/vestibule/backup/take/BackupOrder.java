package io.vestibule.backup.take;

import io.vestibule.backup.Event;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a run is called for.
 *
 * @param onlyGoOn whether it only continues a backup that is not finished, or makes up for a run
 *     that died or failed
 * @param reads for how long it reads, if not for as long as it may
 * @param engine how one that it begins copies customers; empty for the one that fits its size
 */
record BackupOrder(boolean onlyGoOn, Optional<Duration> reads, Optional<Engine> engine) {

  /**
   * Reads an event.
   *
   * @throws IllegalArgumentException if it is no such order: a mistyped one is not carried out
   */
  static BackupOrder read(Map<String, Object> values) {
    var event = new Event(values, "continue", "forSeconds", "engine");
    return new BackupOrder(
        event.flag("continue"),
        event.number("forSeconds").map(Duration::ofSeconds),
        event.text("engine").map(Engine::named));
  }
}
