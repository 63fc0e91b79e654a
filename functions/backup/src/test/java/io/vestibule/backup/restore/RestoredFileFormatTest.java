package io.vestibule.backup.restore;

import static io.vestibule.backup.GoldenFiles.DATA;
import static io.vestibule.backup.GoldenFiles.assertAsEver;
import static io.vestibule.backup.GoldenFiles.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.backup.restore.KeptProgress.Kept;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a restore remembers of a file that it has written. */
class RestoredFileFormatTest {

  private static final Kept KEPT =
      new Kept(
          Instant.parse("2026-11-20T10:00:00Z"),
          new RestoredFile(DATA.key(), 1, 0, Set.of("c2"), null));

  private static final Kept OF_ENTRIES =
      new Kept(
          Instant.parse("2026-11-20T10:00:00Z"),
          RestoredFile.of(DATA.key(), 3, 2, Set.of("c2"), new LeftOut(4, 0, 1, 1)));

  @Test
  void aRestoredFileIsReadAndWrittenAsEver() throws IOException {
    assertAsEver("restored-file-1.json", KEPT);
    assertAsEver("restored-file-2.json", OF_ENTRIES);
  }

  @Test
  void aFileThatTheNextVersionRestoredIsRestored() throws IOException {
    assertThat(read("restored-file-next.json", Kept.class)).isEqualTo(KEPT);
  }
}
