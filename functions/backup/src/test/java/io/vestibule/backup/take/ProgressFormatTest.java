package io.vestibule.backup.take;

import static io.vestibule.backup.GoldenFiles.DATA;
import static io.vestibule.backup.GoldenFiles.ID;
import static io.vestibule.backup.GoldenFiles.MANIFEST;
import static io.vestibule.backup.GoldenFiles.assertAsEver;
import static io.vestibule.backup.GoldenFiles.assertWrittenAs;
import static io.vestibule.backup.GoldenFiles.read;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.backup.Kind;
import io.vestibule.backup.take.Progress.Export;
import io.vestibule.backup.take.Progress.Segment;
import io.vestibule.backup.take.Progress.Table;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a backup that is not finished leaves for the next run. */
class ProgressFormatTest {

  private static final Instant NINE = Instant.parse("2026-11-20T09:00:00Z");
  private static final String EXPORT =
      "arn:aws:dynamodb:eu-central-1:123456789012:table/customers/export/01795165260000-5e6f7081";

  private static final Progress SCAN =
      new Progress(
          ID,
          NINE,
          null,
          List.of(
              new Table(
                  "CUSTOMERS",
                  NINE.plusSeconds(1),
                  null,
                  List.of(
                      new Segment(0, false, "c1", null, List.of(DATA), Map.of()),
                      new Segment(1, true, null, null, List.of(), Map.of())),
                  Map.of())),
          Map.of());

  private static final Progress OF_ENTRIES =
      new Progress(
          ID,
          NINE,
          null,
          List.of(
              new Table(
                  "ENTRIES",
                  NINE.plusSeconds(1),
                  null,
                  List.of(
                      new Segment(
                          0,
                          false,
                          "c1",
                          "20261120T090000000Z-sAAAAAAAAAAAAAAAAAAAAAA",
                          List.of(),
                          Map.of())),
                  Map.of())),
          Map.of());

  private static final Progress EXPORTED =
      new Progress(
          ID,
          NINE,
          new Export(EXPORT, List.of(DATA), List.of(MANIFEST), Map.of()),
          List.of(),
          Map.of());

  @Test
  void anUnfinishedBackupIsReadAndWrittenAsEver() throws IOException {
    assertAsEver("progress-scan-1.json", SCAN);
    assertAsEver("progress-entries-1.json", OF_ENTRIES);
    assertAsEver("progress-export-1.json", EXPORTED);
  }

  @Test
  void aScanThatTheNextVersionBeganIsGoneOnWithAndNothingIsLost() throws IOException {
    var next = read("progress-scan-next.json", Progress.class);
    var table = next.table(Kind.CUSTOMERS).orElseThrow();
    var segment = table.segments().getFirst();

    assertWrittenAs("progress-scan-next.json", next);
    var sameSegment = segment.with(segment.lastKey(), segment.lastSortKey(), segment.files());
    var sameTable = table.with(List.of(sameSegment, table.segments().getLast()), null);
    assertThat(sameTable).isEqualTo(table);
    assertThat(next.with(sameTable).tables()).containsExactlyInAnyOrderElementsOf(next.tables());
    assertThat(next.with(sameTable).unknown()).isEqualTo(next.unknown()).hasSize(2);
  }

  @Test
  void anExportThatTheNextVersionBeganIsGoneOnWithAndNothingIsLost() throws IOException {
    var next = read("progress-export-next.json", Progress.class);
    var export = requireNonNull(next.export());

    assertWrittenAs("progress-export-next.json", next);
    var sameExport = export.ordered(EXPORT).with(export.files(), export.manifests());
    assertThat(next.with(sameExport)).isEqualTo(next);
  }
}
