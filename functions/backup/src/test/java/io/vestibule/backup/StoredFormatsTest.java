package io.vestibule.backup;

import static io.vestibule.backup.GoldenFiles.DATA;
import static io.vestibule.backup.GoldenFiles.ID;
import static io.vestibule.backup.GoldenFiles.MANIFEST;
import static io.vestibule.backup.GoldenFiles.assertAsEver;
import static io.vestibule.backup.GoldenFiles.assertWrittenAs;
import static io.vestibule.backup.GoldenFiles.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Leases and the signed documents of backups. {@link GoldenFiles} says what must never change. */
class StoredFormatsTest {

  private static final Instant NINE = Instant.parse("2026-11-20T09:00:00Z");

  private static final LeaseHolder HOLDER =
      new LeaseHolder(
          "1a2b3c4d5e6f7081", Instant.parse("2026-11-20T09:16:00Z"), 2, false, Map.of());

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

  @Test
  void aLeaseIsReadAndWrittenAsEver() throws IOException {
    assertAsEver("lease-1.json", HOLDER);
  }

  @Test
  void aBackupIsReadAndWrittenAsEver() throws IOException {
    assertAsEver("backup-1.json", BACKUP);
  }

  @Test
  void aLeaseOfTheNextVersionIsGivenBackWithEverythingInIt() throws IOException {
    var next = read("lease-next.json", LeaseHolder.class);

    assertWrittenAs("lease-next.json", next);
    assertThat(next.ended(NINE, true).unknown()).isEqualTo(next.unknown()).hasSize(2);
    assertThat(next.unchanged(NINE).unknown()).isEqualTo(next.unknown());
  }

  /** Of a table that this version does not know, it knows which files there are. */
  @Test
  void aBackupOfTheNextVersionIsRead() throws IOException {
    var next = read("backup-next.json", Backup.class);

    assertThat(next.items()).isEqualTo(BACKUP.items());
    assertThat(next.copy(Kind.CUSTOMERS).data()).map(StoredFile::sha256).contains(DATA.sha256());
    assertThat(next.tables()).map(Backup.Copy::kind).containsExactly("CUSTOMERS", "ENTRIES");
  }
}
