package io.vestibule.backup.take;

import io.vestibule.backup.Backups;
import io.vestibule.backup.Kind;
import io.vestibule.backup.RefusedBackup;
import io.vestibule.backup.take.Progress.Export;
import io.vestibule.core.Deadline;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes a backup: customers, then their entries, then erasures, then the wrapped system keys. Only
 * ciphertext, numbers and times leave the tables, and the key of no person.
 *
 * <p>What is read in one run may be too little: then the backup waits for the next, as it does for
 * an export by DynamoDB. A run that dies leaves files that belong to no backup, and expire with the
 * others.
 */
final class TakeBackup {

  private final ScanTables scanTables;
  private final ExportCustomers exportCustomers;
  private final Backups backups;
  private final UnfinishedBackup unfinished;
  private final FinishBackup finishBackup;
  private final SecureRandom random;
  private final Clock clock;

  TakeBackup(
      ScanTables scanTables,
      ExportCustomers exportCustomers,
      Backups backups,
      UnfinishedBackup unfinished,
      FinishBackup finishBackup,
      SecureRandom random,
      Clock clock) {
    this.scanTables = scanTables;
    this.exportCustomers = exportCustomers;
    this.backups = backups;
    this.unfinished = unfinished;
    this.finishBackup = finishBackup;
    this.random = random;
    this.clock = clock;
  }

  /**
   * Continues the backup that waits, or begins one.
   *
   * @param engine how a backup that begins copies customers; empty for the engine that fits the
   *     table's size
   * @throws FailedExport if DynamoDB was to export it, and will not
   */
  BackupRun run(Optional<Engine> engine, Deadline deadline) {
    return copyAll(waiting().orElseGet(() -> begin(engine)), deadline);
  }

  /**
   * Goes on with the backup that waits, if there is one.
   *
   * @throws FailedExport if DynamoDB was to export it, and will not
   */
  BackupRun goOn(Deadline deadline) {
    return waiting()
        .map(progress -> copyAll(progress, deadline))
        .orElseGet(BackupRun.NothingWaits::new);
  }

  /** Whether there is one to go on with. */
  boolean isWaiting() {
    return waiting().isPresent();
  }

  /** One that is on the list is finished, even if the run that finished it died right after. */
  private Optional<Progress> waiting() {
    return unfinished
        .find(clock.instant())
        .filter(progress -> !backups.contains(progress.backup()));
  }

  /** An export is written down before it is ordered: a run that dies then orders it again. */
  private Progress begin(Optional<Engine> wanted) {
    Instant now = clock.instant();
    var id = "%014d-%08x".formatted(now.toEpochMilli(), random.nextInt());
    return switch (wanted.orElseGet(exportCustomers::usual)) {
      case SCAN -> new Progress(id, now, null, List.of(), Map.of());
      case EXPORT -> {
        var progress = new Progress(id, now, Export.begin(), List.of(), Map.of());
        unfinished.keep(progress);
        yield progress;
      }
    };
  }

  private BackupRun copyAll(Progress from, Deadline deadline) {
    Consumer<Progress> keep = unfinished.keeper(from);
    Progress progress = from;
    for (Kind kind : Kind.values()) {
      if (!progress.isFinished(kind)) {
        progress = copyTable(progress.withoutLaterThan(kind), kind, deadline, keep);
        if (!progress.isFinished(kind) || deadline.isOver()) {
          keep.accept(progress);
          return new BackupRun.Waiting(progress);
        }
      }
    }
    var backup = finishBackup.run(progress);
    unfinished.forget();
    return new BackupRun.Taken(backup);
  }

  private Progress copyTable(
      Progress progress, Kind kind, Deadline deadline, Consumer<Progress> keep) {
    @Nullable Export export = progress.export();
    if (kind != Kind.CUSTOMERS || export == null) {
      return scanTables.goOn(progress, kind, deadline);
    }
    try {
      UnfinishedBackup.requireInTime(progress, clock.instant());
      return exportCustomers.goOn(progress, export, deadline, keep);
    } catch (FailedExport | RefusedBackup e) {
      unfinished.forget(); // Whoever comes next begins anew.
      throw e;
    }
  }
}
