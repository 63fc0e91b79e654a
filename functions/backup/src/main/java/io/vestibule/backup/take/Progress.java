package io.vestibule.backup.take;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.backup.Kind;
import io.vestibule.backup.StoredFile;
import io.vestibule.core.Unknown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How far a backup has come that is too large for one run.
 *
 * @param export how far DynamoDB's export of the customers has come; null if they are scanned
 * @param tables in the order in which they are read; those that were not begun are not among them
 */
record Progress(
    String backup,
    Instant startedAt,
    @Nullable Export export,
    List<Table> tables,
    @Unknown Map<String, JsonNode> unknown) {

  /**
   * An export that DynamoDB does by itself.
   *
   * @param arn null as long as it is not ordered, or it is not known whether it was
   * @param files the data files that were read since it is completed
   * @param manifests DynamoDB's own, once they were read
   */
  record Export(
      @Nullable String arn,
      List<StoredFile> files,
      List<StoredFile> manifests,
      @Unknown Map<String, JsonNode> unknown) {

    /** The same with the ARN that DynamoDB gave it. */
    Export ordered(String newArn) {
      return new Export(newArn, files, manifests, unknown);
    }

    /** The same with what has been read of it now. */
    Export with(List<StoredFile> newFiles, List<StoredFile> newManifests) {
      return new Export(arn, newFiles, newManifests, unknown);
    }

    static Export begin() {
      return new Export(null, List.of(), List.of(), Map.of());
    }
  }

  /**
   * How far a table has been read.
   *
   * @param kind which one, as {@link Kind} names it; a later version may read others
   * @param endedAt null while it is not all read
   */
  record Table(
      String kind,
      Instant startedAt,
      @Nullable Instant endedAt,
      List<Segment> segments,
      @Unknown Map<String, JsonNode> unknown) {

    static Table begin(Kind kind, Instant now, int segments) {
      return new Table(
          kind.name(),
          now,
          null,
          IntStream.range(0, segments).mapToObj(Segment::begin).toList(),
          Map.of());
    }

    /** The same as far as it has been read now. */
    Table with(List<Segment> now, @Nullable Instant end) {
      return new Table(kind, startedAt, end, now, unknown);
    }

    List<StoredFile> files() {
      return segments.stream().flatMap(segment -> segment.files().stream()).toList();
    }
  }

  /**
   * How far one of the parallel segments has been read.
   *
   * @param lastKey the partition key of the last item that was read; null before the first
   * @param lastSortKey its sort key; null if the table has none
   */
  record Segment(
      int number,
      boolean finished,
      @Nullable String lastKey,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String lastSortKey,
      List<StoredFile> files,
      @Unknown Map<String, JsonNode> unknown) {

    static Segment begin(int number) {
      return new Segment(number, false, null, null, List.of(), Map.of());
    }

    /** The same as far as it has been read now, to its end if there is no last key. */
    Segment with(
        @Nullable String newLastKey, @Nullable String newLastSortKey, List<StoredFile> newFiles) {
      return new Segment(
          number, newLastKey == null, newLastKey, newLastSortKey, List.copyOf(newFiles), unknown);
    }
  }

  Optional<Table> table(Kind kind) {
    return tables.stream().filter(table -> table.kind().equals(kind.name())).findFirst();
  }

  /** The same with a table as it stands now. */
  Progress with(Table table) {
    List<Table> all = new ArrayList<>(tables);
    all.removeIf(each -> each.kind().equals(table.kind()));
    all.add(table);
    return new Progress(backup, startedAt, export, all, unknown);
  }

  /**
   * The same without the tables that are to be read after this one: a version that did not know it
   * has read them before.
   */
  Progress withoutLaterThan(Kind kind) {
    List<Table> kept = new ArrayList<>(tables);
    for (Kind later : Kind.values()) {
      kept.removeIf(table -> later.compareTo(kind) > 0 && table.kind().equals(later.name()));
    }
    return new Progress(backup, startedAt, export, List.copyOf(kept), unknown);
  }

  /** The same with the export as it stands now. */
  Progress with(Export now) {
    return new Progress(backup, startedAt, now, tables, unknown);
  }

  @JsonIgnore
  Engine engine() {
    return export == null ? Engine.SCAN : Engine.EXPORT;
  }

  boolean isFinished(Kind kind) {
    return table(kind).filter(table -> table.endedAt() != null).isPresent();
  }
}
