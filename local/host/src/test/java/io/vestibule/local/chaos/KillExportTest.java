package io.vestibule.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.chaos.DeathAt.Moment;
import io.vestibule.local.host.Outcome;
import io.vestibule.local.journey.Backups;
import io.vestibule.local.journey.Journey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * BackupFunction dies at each of its calls while it has customers exported: before and after those
 * that change something, before those that only read. From its first scan on it does what it does
 * when it scans all, and dies of in {@link KillBackupTest}.
 *
 * <p>{@link Deaths} says which of them a build takes.
 */
class KillExportTest extends Journey {

  private static final Map<String, Object> EXPORT = Map.of("engine", "export");
  private static final Map<String, Object> BY_THE_SCHEDULE = Map.of("continue", true);
  private static final Duration EXPORTS_TAKE = Duration.ofMinutes(2);

  /** Lambda tries again what was called asynchronously. */
  private static final Duration RETRY = Duration.ofMinutes(1);

  /** Longer than a function can live; the schedule's next call but one. */
  private static final Duration LEASE_IS_OVER = Duration.ofMinutes(17);

  private static final int OF_EACH_RUN = 3;

  private List<DeathAt> atTheStart = List.of();
  private List<DeathAt> atTheEnd = List.of();
  private Backups backups;

  @BeforeAll
  void recordTheCalls() throws Exception {
    backups = new Backups(host);
    somebody().becomesACustomer(Map.of());
    var whileItStarts = deaths(EXPORT);
    clock.advance(EXPORTS_TAKE);
    var whileItEnds = deaths(BY_THE_SCHEDULE);
    assertThat(whileItStarts)
        .anyMatch(death -> death.call().operation().equals("ExportTableToPointInTime"));
    assertThat(whileItEnds).anyMatch(death -> death.call().operation().equals("DescribeExport"));
    atTheStart = Deaths.ofThisRun(whileItStarts, OF_EACH_RUN);
    atTheEnd = Deaths.ofThisRun(whileItEnds, OF_EACH_RUN);
  }

  private List<DeathAt> deaths(Map<String, Object> event) {
    var recorder = new CallRecorder();
    CallInterceptor.disturb(recorder);
    backups.returns("BackupFunction", event);
    CallInterceptor.calm();
    return recorder.deaths().stream()
        .takeWhile(death -> !death.call().operation().equals("Scan"))
        .filter(death -> death.moment() == Moment.BEFORE || !death.call().isRead())
        .toList();
  }

  List<DeathAt> deathsAtTheStart() {
    return atTheStart;
  }

  List<DeathAt> deathsAtTheEnd() {
    return atTheEnd;
  }

  @AfterEach
  void calm() {
    CallInterceptor.calm();
    clock.advance(EXPORTS_TAKE);
  }

  @ParameterizedTest
  @MethodSource("deathsAtTheStart")
  void aBackupIsTakenAndNoneIsExportedTwice(DeathAt death) {
    var before = ids("/vestibule.json");

    dies(death, EXPORT);
    isCalledAgain(EXPORT);

    var after = ids("/vestibule.json");
    assertThat(after).hasSizeGreaterThan(before.size());
    assertThat(ids("/_started")).doesNotHaveDuplicates();
    isComplete(after.getLast());
  }

  @ParameterizedTest
  @MethodSource("deathsAtTheEnd")
  void anExportThatIsCompletedIsListedByTheNextRun(DeathAt death) {
    var waits = backups.returns("BackupFunction", EXPORT).path("backup").asText();
    clock.advance(EXPORTS_TAKE);

    dies(death, BY_THE_SCHEDULE);
    assertThat(ids("/vestibule.json")).doesNotContain(waits);
    isCalledAgain(BY_THE_SCHEDULE);

    assertThat(ids("/vestibule.json")).contains(waits);
    isComplete(waits);
  }

  private void dies(DeathAt death, Map<String, Object> event) {
    var dead = new DeadForGood(death);
    CallInterceptor.disturb(dead);
    var outcome = backups.invoke("BackupFunction", event);
    CallInterceptor.calm();
    assertThat(dead.hasKilled()).as(outcome.toString()).isTrue();
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
  }

  /** By Lambda, and then twice by the schedule: once may only order the export. */
  private void isCalledAgain(Map<String, Object> event) {
    clock.advance(RETRY);
    backups.returns("BackupFunction", event);
    for (int call = 0; call < 2; call++) {
      clock.advance(LEASE_IS_OVER);
      backups.returns("BackupFunction", BY_THE_SCHEDULE);
    }
  }

  private void isComplete(String id) {
    var report =
        backups.returns("RestoreFunction", Map.of("backup", id, "into", "live", "dryRun", true));
    assertThat(report.path("skipped").asInt()).as("is there").isEqualTo(1);
  }

  /** The backups that have a file whose key ends so; each as often as it has one. */
  private List<String> ids(String suffix) {
    return backups.keys("backups/").stream()
        .filter(key -> key.endsWith(suffix))
        .map(key -> key.split("/", -1)[1])
        .toList();
  }
}
