package io.vestibule.deletion.erase;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.store.Erasure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ErasureLedgerTest {

  /**
   * Never change the file: entries of this form stay for good. Add one. Nobody reads more of an
   * entry than its name.
   */
  @Test
  void anEntryIsWrittenAsEver() throws IOException {
    var erasure =
        new Erasure(
            "index",
            Optional.of("c1"),
            Instant.parse("2026-11-18T09:00:00Z"),
            "rAAAAAAAAAAAAAAAAAAAAAA");

    assertThat(ErasureLedger.entry(erasure, "c1"))
        .isEqualTo(
            Files.readString(
                Path.of(
                    "../../functions/deletion/src/test/resources/formats/ledger-entry-1.json")));
  }
}
