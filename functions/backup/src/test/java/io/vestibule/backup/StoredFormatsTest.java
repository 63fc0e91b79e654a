package io.vestibule.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.backup.KeptProgress.Kept;
import io.vestibule.backup.Progress.Export;
import io.vestibule.backup.Progress.Segment;
import io.vestibule.backup.Progress.Table;
import io.vestibule.backup.RestoreBackup.Written;
import io.vestibule.core.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What lies in the bucket is read by every later version, and, after a roll-back, by an earlier
 * one.
 *
 * <p>Never change a file of {@code src/test/resources/formats}: objects of this form are locked for
 * weeks. Add one. {@code <format>-1.json} is what version 1 writes; {@code <format>-next.json}
 * stands for a version that is still to come.
 */
class StoredFormatsTest {

  private static final Instant NINE = Instant.parse("2026-11-20T09:00:00Z");
  private static final String ID = "01795165200000-1a2b3c4d";
  private static final String EXPORT =
      "arn:aws:dynamodb:eu-central-1:123456789012:table/customers/export/01795165260000-5e6f7081";
  private static final StoredFile DATA = file("data/00-000000.json.gz", 2, "a");
  private static final StoredFile MANIFEST = file("manifest-files.json", 0, "b");

  private static final Lease.Holder HOLDER =
      new Lease.Holder(
          "1a2b3c4d5e6f7081", Instant.parse("2026-11-20T09:16:00Z"), 2, false, Map.of());

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
                      new Segment(0, false, "c1", List.of(DATA), Map.of()),
                      new Segment(1, true, null, List.of(), Map.of())),
                  Map.of())),
          Map.of());

  private static final Progress EXPORTED =
      new Progress(
          ID,
          NINE,
          new Export(EXPORT, List.of(DATA), List.of(MANIFEST), Map.of()),
          List.of(),
          Map.of());

  private static final Kept KEPT =
      new Kept(Instant.parse("2026-11-20T10:00:00Z"), new Written(DATA.key(), 1, 0, Set.of("c2")));

  private static final Backup BACKUP =
      new Backup(
          Backup.TYPE,
          ID,
          "scan",
          NINE,
          Instant.parse("2026-11-20T09:10:00Z"),
          List.of(
              new Backup.Copy(
                  "CUSTOMERS",
                  "customers",
                  NINE.plusSeconds(1),
                  Instant.parse("2026-11-20T09:05:00Z"),
                  2,
                  List.of(DATA),
                  List.of(MANIFEST))));

  private static final DrillReport REPORT =
      new DrillReport(
          NINE,
          ID,
          2,
          1,
          1,
          1,
          0,
          0,
          1,
          new Orphans(true, new Orphans.Side(1, List.of("c9")), new Orphans.Side(0, List.of())),
          1.9,
          "");

  private static StoredFile file(String name, long items, String digit) {
    return new StoredFile(
        "backups/%1$s/customers/AWSDynamoDB/%1$s/%2$s".formatted(ID, name),
        items,
        512,
        "CY9rzUYh03PK3k6DJie09g==",
        "\"098f6bcd4621d373cade4e832627b4f6\"",
        digit.repeat(64),
        Map.of());
  }

  @Test
  void aLeaseIsReadAndWrittenAsEver() throws IOException {
    assertAsEver("lease-1.json", HOLDER);
  }

  @Test
  void anUnfinishedBackupIsReadAndWrittenAsEver() throws IOException {
    assertAsEver("progress-scan-1.json", SCAN);
    assertAsEver("progress-export-1.json", EXPORTED);
  }

  @Test
  void aRestoredFileIsReadAndWrittenAsEver() throws IOException {
    assertAsEver("restored-file-1.json", KEPT);
  }

  @Test
  void aBackupIsReadAndWrittenAsEver() throws IOException {
    assertAsEver("backup-1.json", BACKUP);
  }

  /** We write them for people, and read their names only. */
  @Test
  void aReportOfADrillIsWrittenAsEver() throws IOException {
    assertThat(written(REPORT)).isEqualTo(golden("drill-report-1.json"));
  }

  @Test
  void aLeaseOfTheNextVersionIsGivenBackWithEverythingInIt() throws IOException {
    var next = read("lease-next.json", Lease.Holder.class);

    assertSame("lease-next.json", next);
    assertThat(next.ended(NINE, true).unknown()).isEqualTo(next.unknown()).hasSize(2);
    assertThat(next.unchanged(NINE).unknown()).isEqualTo(next.unknown());
  }

  @Test
  void aScanThatTheNextVersionBeganIsGoneOnWithAndNothingIsLost() throws IOException {
    var next = read("progress-scan-next.json", Progress.class);
    var table = next.table(Kind.CUSTOMERS).orElseThrow();
    var segment = table.segments().getFirst();

    assertSame("progress-scan-next.json", next);
    var sameSegment = segment.with(segment.lastKey(), segment.files());
    var sameTable = table.with(List.of(sameSegment, table.segments().getLast()), null);
    assertThat(sameTable).isEqualTo(table);
    assertThat(next.with(sameTable).tables()).containsExactlyInAnyOrderElementsOf(next.tables());
    assertThat(next.with(sameTable).unknown()).isEqualTo(next.unknown()).hasSize(2);
  }

  @Test
  void anExportThatTheNextVersionBeganIsGoneOnWithAndNothingIsLost() throws IOException {
    var next = read("progress-export-next.json", Progress.class);
    var export = requireNonNull(next.export());

    assertSame("progress-export-next.json", next);
    var sameExport = export.ordered(EXPORT).with(export.files(), export.manifests());
    assertThat(next.with(sameExport)).isEqualTo(next);
  }

  @Test
  void aFileThatTheNextVersionRestoredIsRestored() throws IOException {
    assertThat(read("restored-file-next.json", Kept.class)).isEqualTo(KEPT);
  }

  /** Of a table that this version does not know, it knows which files there are. */
  @Test
  void aBackupOfTheNextVersionIsRead() throws IOException {
    var next = read("backup-next.json", Backup.class);

    assertThat(next.items()).isEqualTo(BACKUP.items());
    assertThat(next.copy(Kind.CUSTOMERS).data()).map(StoredFile::sha256).contains(DATA.sha256());
    assertThat(next.tables()).map(Backup.Copy::kind).containsExactly("CUSTOMERS", "ENTRIES");
  }

  private static <T extends Record> void assertAsEver(String file, T record) throws IOException {
    assertThat(JsonDocument.read(golden(file).getBytes(UTF_8), record.getClass()).orElseThrow())
        .isEqualTo(record);
    assertThat(written(record)).isEqualTo(golden(file));
  }

  private static void assertSame(String file, Record record) throws IOException {
    JsonNode written = Json.MAPPER.readTree(written(record));
    assertThat(written).isEqualTo(Json.MAPPER.readTree(golden(file)));
  }

  private static <T extends Record> T read(String file, Class<T> type) throws IOException {
    return JsonDocument.read(golden(file).getBytes(UTF_8), type).orElseThrow();
  }

  private static String written(Record record) {
    return new String(JsonDocument.of(record), UTF_8);
  }

  private static String golden(String file) throws IOException {
    return Files.readString(Path.of("src", "test", "resources", "formats", file));
  }
}
