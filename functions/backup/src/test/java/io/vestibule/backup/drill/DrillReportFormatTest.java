package io.vestibule.backup.drill;

import static io.vestibule.backup.GoldenFiles.ID;
import static io.vestibule.backup.GoldenFiles.golden;
import static io.vestibule.backup.GoldenFiles.written;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
          null,
          new Orphans(true, new Orphans.Side(1, List.of("c9")), new Orphans.Side(0, List.of())),
          null,
          1.9,
          "");

  private static final DrillReport COMPARED =
      new DrillReport(
          NINE, ID, 2, 1, 1, 1, 0, 0, 1, 0, null, REPORT.orphans(), new Versions(3, 2, 1), 1.9, "");

  private static final DrillReport KEPT_OUT =
      new DrillReport(NINE, ID, 3, 1, 1, 1, 0, 0, 1, 1, null, REPORT.orphans(), null, 1.9, "");

  private static final DrillReport OF_ENTRIES =
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
          new DrilledEntries(9, 4, 4, 3, 0, 0, 2, 1, 1, 1),
          REPORT.orphans(),
          null,
          1.9,
          "");

  /** We write them for people, and read their names only. */
  @Test
  void aReportOfADrillIsWrittenAsEver() throws IOException {
    assertThat(written(REPORT)).isEqualTo(golden("drill-report-1.json"));
    assertThat(written(COMPARED)).isEqualTo(golden("drill-report-2.json"));
    assertThat(written(KEPT_OUT)).isEqualTo(golden("drill-report-3.json"));
    assertThat(written(OF_ENTRIES)).isEqualTo(golden("drill-report-4.json"));
  }

  /** Of a backup of nine entries: a drill that counts eight has lost one. */
  @ParameterizedTest
  @CsvSource({
    "9, 4, 4, 3, 0, 0, 2, 1, 1, 1, true",
    "9, 4, 4, 0, 0, 0, 2, 1, 1, 1, true",
    "9, 4, 4, 3, 0, 0, 1, 1, 1, 1, false",
    "9, 4, 3, 3, 0, 0, 2, 1, 1, 1, false",
    "9, 4, 4, 3, 1, 0, 2, 1, 1, 1, false",
    "9, 4, 4, 3, 0, 1, 2, 1, 1, 1, false"
  })
  void aDrillPassesIfItsEntriesDo(
      long items,
      long restored,
      long counted,
      long opened,
      long failed,
      long resurrected,
      long erased,
      long invalid,
      long over,
      long unowned,
      boolean passed) {
    var entries =
        new DrilledEntries(
            items, restored, counted, opened, failed, resurrected, erased, invalid, over, unowned);
    var report =
        new DrillReport(NINE, ID, 2, 1, 1, 1, 0, 0, 1, 0, entries, REPORT.orphans(), null, 1.9, "");
    assertThat(report.passed()).isEqualTo(passed);
  }
}
