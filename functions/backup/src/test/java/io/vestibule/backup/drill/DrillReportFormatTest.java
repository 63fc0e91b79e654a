package io.vestibule.backup.drill;

import static io.vestibule.backup.GoldenFiles.ID;
import static io.vestibule.backup.GoldenFiles.golden;
import static io.vestibule.backup.GoldenFiles.written;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reports of drills. */
class DrillReportFormatTest {

  private static final Instant NINE = Instant.parse("2026-11-20T09:00:00Z");

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
          0,
          new Orphans(true, new Orphans.Side(1, List.of("c9")), new Orphans.Side(0, List.of())),
          null,
          1.9,
          "");

  private static final DrillReport COMPARED =
      new DrillReport(
          NINE, ID, 2, 1, 1, 1, 0, 0, 1, 0, REPORT.orphans(), new Versions(3, 2, 1), 1.9, "");

  private static final DrillReport KEPT_OUT =
      new DrillReport(NINE, ID, 3, 1, 1, 1, 0, 0, 1, 1, REPORT.orphans(), null, 1.9, "");

  /** We write them for people, and read their names only. */
  @Test
  void aReportOfADrillIsWrittenAsEver() throws IOException {
    assertThat(written(REPORT)).isEqualTo(golden("drill-report-1.json"));
    assertThat(written(COMPARED)).isEqualTo(golden("drill-report-2.json"));
    assertThat(written(KEPT_OUT)).isEqualTo(golden("drill-report-3.json"));
  }
}
