package io.vestibule.backup.take;

import io.vestibule.backup.Backup;
import io.vestibule.backup.Backup.Copy;
import io.vestibule.backup.Backups;
import io.vestibule.backup.Bucket;
import io.vestibule.backup.Kind;
import io.vestibule.backup.StoredFile;
import io.vestibule.backup.take.Progress.Export;
import io.vestibule.backup.take.Progress.Table;
import io.vestibule.store.Tables;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a backup of what was copied: with manifests, signed, and on the list. */
final class FinishBackup {

  private final Bucket bucket;
  private final Tables tables;
  private final Backups backups;
  private final Clock clock;

  FinishBackup(Bucket bucket, Tables tables, Backups backups, Clock clock) {
    this.bucket = bucket;
    this.tables = tables;
    this.backups = backups;
    this.clock = clock;
  }

  /** Finishes a backup all of whose tables are copied. */
  Backup run(Progress progress) {
    List<Copy> copies = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      copies.add(withManifests(progress, kind));
    }
    var backup =
        new Backup(
            Backup.TYPE,
            progress.backup(),
            progress.engine().text(),
            progress.startedAt(),
            clock.instant(),
            List.copyOf(copies));
    backups.add(backup);
    return backup;
  }

  /** DynamoDB has written manifests of its own; for the others we do. */
  private Copy withManifests(Progress progress, Kind kind) {
    Table table = progress.table(kind).orElseThrow();
    long items = table.files().stream().mapToLong(StoredFile::items).sum();
    var copy =
        new Copy(
            kind.name(),
            tables.name(kind.table()),
            table.startedAt(),
            table.endedAt() == null ? clock.instant() : table.endedAt(),
            items,
            table.files(),
            List.of());
    @Nullable Export export = kind == Kind.CUSTOMERS ? progress.export() : null;
    var manifests =
        export == null
            ? new ExportLayout(bucket, progress.backup(), kind).writeManifests(copy)
            : export.manifests();
    return new Copy(
        copy.kind(), copy.table(), copy.startedAt(), copy.endedAt(), items, copy.data(), manifests);
  }
}
