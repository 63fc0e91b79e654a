package io.vestibule.backup.take;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.vestibule.backup.Kind;
import io.vestibule.backup.StoredFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a backup has come that is too large for one run.
 *
 * @param export how far DynamoDB's export of the customers has come; null if they are scanned
 * @param tables in the order in which they are read; those that were not begun are not among them
 */
record Progress(String backup, Instant startedAt, @Nullable Export export, List<Table> tables) {

  /**
   * An export that DynamoDB does by itself.
   *
   * @param arn null while it is to be ordered, or nobody knows whether it was
   * @param files the data files that were read since it is completed
   * @param manifests DynamoDB's own, once they were read
   */
  record Export(@Nullable String arn, List<StoredFile> files, List<StoredFile> manifests) {

    static Export begin() {
      return new Export(null, List.of(), List.of());
    }
  }

  /**
   * How far a table has been read.
   *
   * @param endedAt null while it is not all read
   */
  record Table(Kind kind, Instant startedAt, @Nullable Instant endedAt, List<Segment> segments) {

    List<StoredFile> files() {
      return segments.stream().flatMap(segment -> segment.files().stream()).toList();
    }
  }

  /**
   * How far one of the parallel segments has been read.
   *
   * @param lastKey the partition key of the last item that was read; null before the first
   */
  record Segment(int number, boolean finished, @Nullable String lastKey, List<StoredFile> files) {

    static Segment begin(int number) {
      return new Segment(number, false, null, List.of());
    }
  }

  Optional<Table> table(Kind kind) {
    return tables.stream().filter(table -> table.kind() == kind).findFirst();
  }

  /** The same with a table as it stands now. */
  Progress with(Table table) {
    List<Table> all = new ArrayList<>(tables);
    all.removeIf(each -> each.kind() == table.kind());
    all.add(table);
    return new Progress(backup, startedAt, export, all);
  }

  /** The same with the export as it stands now. */
  Progress with(Export now) {
    return new Progress(backup, startedAt, now, tables);
  }

  @JsonIgnore
  Engine engine() {
    return export == null ? Engine.SCAN : Engine.EXPORT;
  }

  boolean isFinished(Kind kind) {
    return table(kind).filter(table -> table.endedAt() != null).isPresent();
  }
}
