package io.vestibule.local.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.chaos.DeathAt.Moment;
import io.vestibule.local.host.Outcome;
import io.vestibule.local.journey.Backups;
import io.vestibule.local.journey.Journey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Backup, restore and drill die at each of their calls of AWS, once each: no listed backup is
 * incomplete, a restore is done again, no scratch table stays for good. What the schedules do by
 * themselves is enough for that: what dies before it has its lease is as if it had not been called,
 * until the next day.
 *
 * <p>They die just before and just after everything that changes something. Between one such call
 * and the next nothing changes, however much is read: of several reads they die before the first.
 *
 * <p>{@link Deaths} says which of them a build takes.
 */
class KillBackupTest extends Journey {

  private static final int CUSTOMERS = 12;
  private static final Map<String, Object> BY_THE_SCHEDULE = Map.of("continue", true);
  private static final Map<String, Object> RESTORE =
      Map.of("backup", "latest", "into", "vestibule-restore-customers");

  /** Longer than a function can live. */
  private static final Duration LEASE_IS_OVER = Duration.ofMinutes(17);

  /** What a backup has that is listed. */
  private static final String DOCUMENT = "/vestibule.json";

  private static final int OF_EACH_RUN = 4;

  private final List<DeathAt> ofBackups = new ArrayList<>();
  private final List<DeathAt> ofContinuedBackups = new ArrayList<>();
  private final List<DeathAt> ofRestores = new ArrayList<>();
  private final List<DeathAt> ofDrills = new ArrayList<>();
  private Backups backups;

  @BeforeAll
  void recordTheCalls() throws Exception {
    backups = new Backups(host);
    somebody().becomesACustomer(Map.of());
    for (int i = 1; i < CUSTOMERS; i++) {
      put("c" + i);
    }
    backups.erase("c1");
    backups.returns("BackupFunction", Map.of());
    backups.returns("DrillFunction", Map.of()); // A backup looks whether there was one.
    ofBackups.addAll(deaths("BackupFunction", Map.of()));
    backups.returns("BackupFunction", Map.of("forSeconds", 0));
    ofContinuedBackups.addAll(deaths("BackupFunction", BY_THE_SCHEDULE));
    ofRestores.addAll(deaths("RestoreFunction", RESTORE));
    dropRestored();
    ofDrills.addAll(deaths("DrillFunction", Map.of()));
  }

  private void put(String id) {
    host.operator()
        .dynamoDb()
        .putItem(
            put -> put.tableName("customers").item(Map.of("customerId", AttributeValue.fromS(id))));
  }

  private List<DeathAt> deaths(String function, Map<String, Object> event) {
    var recorder = new CallRecorder();
    CallInterceptor.disturb(recorder);
    backups.returns(function, event);
    CallInterceptor.calm();
    assertThat(recorder.deaths()).isNotEmpty();
    var all = Deaths.withoutRepeatedReads(recorder.deaths());
    return Deaths.ofThisRun(all, OF_EACH_RUN, KillBackupTest::isSpecial);
  }

  /** The backup is listed from then on, and its lease is not given back. */
  private static boolean isSpecial(DeathAt death) {
    return death.moment() == Moment.AFTER
        && death.call().request() instanceof PutObjectRequest put
        && put.key().endsWith(DOCUMENT);
  }

  @BeforeEach
  void letTimePass() {
    clock.advance(Duration.ofMinutes(1));
  }

  @AfterEach
  void dropRestored() {
    CallInterceptor.calm();
    tableNames().stream()
        .filter(name -> name.startsWith("vestibule-restore-"))
        .forEach(name -> host.operator().dynamoDb().deleteTable(table -> table.tableName(name)));
  }

  List<DeathAt> deathsOfBackups() {
    return ofBackups;
  }

  List<DeathAt> deathsOfContinuedBackups() {
    return ofContinuedBackups;
  }

  List<DeathAt> deathsOfRestores() {
    return ofRestores;
  }

  List<DeathAt> deathsOfDrills() {
    return ofDrills;
  }

  @ParameterizedTest
  @MethodSource("deathsOfBackups")
  void aBackupIsTakenAndNoListedOneIsIncomplete(DeathAt death) {
    var before = listed();

    diesAndIsCalledAgain(death, "BackupFunction", Map.of());

    assertThat(listed()).hasSizeGreaterThan(before.size());
    listed().stream().filter(id -> !before.contains(id)).forEach(this::isComplete);
  }

  @ParameterizedTest
  @MethodSource("deathsOfContinuedBackups")
  void aBackupThatIsGoneOnWithIsFinishedByTheNextRun(DeathAt death) {
    var waits = backups.returns("BackupFunction", Map.of("forSeconds", 0)).path("backup").asText();

    diesAndIsCalledAgain(death, "BackupFunction", BY_THE_SCHEDULE);

    assertThat(listed()).contains(waits);
    isComplete(waits);
  }

  private void isComplete(String id) {
    var report =
        backups.returns("RestoreFunction", Map.of("backup", id, "into", "live", "dryRun", true));
    assertThat(report.path("skipped").asInt()).as("are there").isEqualTo(CUSTOMERS - 1);
    assertThat(report.path("erased").asInt()).isEqualTo(1);
    assertThat(report.at("/entries/skipped").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("deathsOfRestores")
  void aRestoreIsDoneAgain(DeathAt death) {
    dies(death, "RestoreFunction", RESTORE);

    var report = backups.returns("RestoreFunction", RESTORE);

    assertThat(report.path("restored").asInt()).isEqualTo(CUSTOMERS - 1);
    assertThat(
            host.operator()
                .dynamoDb()
                .scan(scan -> scan.tableName("vestibule-restore-customers"))
                .count())
        .isEqualTo(CUSTOMERS - 1);
    assertThat(report.at("/entries/restored").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("deathsOfDrills")
  void aDrillPassesAndNoScratchTableStays(DeathAt death) {
    int before = backups.keys("drills/passed/").size();

    diesAndIsCalledAgain(death, "DrillFunction", Map.of());

    assertThat(backups.keys("drills/passed/")).hasSizeGreaterThan(before);
    assertThat(tableNames()).doesNotContain("customers-drill", "entries-drill");
  }

  /**
   * By the schedule, once nobody could be alive any more; and Lambda itself tries nothing again.
   */
  private void diesAndIsCalledAgain(DeathAt death, String function, Map<String, Object> event) {
    dies(death, function, event);
    boolean hadItsLease = isLeased(function);
    clock.advance(LEASE_IS_OVER);
    backups.returns(function, hadItsLease ? BY_THE_SCHEDULE : event);
  }

  private boolean isLeased(String function) {
    var name = function.equals("DrillFunction") ? "drill" : "backup";
    return new String(backups.read("leases/" + name + ".json"), UTF_8)
        .replace(" ", "")
        .contains("\"done\":false");
  }

  private void dies(DeathAt death, String function, Map<String, Object> event) {
    var dead = new DeadForGood(death);
    CallInterceptor.disturb(dead);
    var outcome = backups.invoke(function, event);
    CallInterceptor.calm();
    assertThat(dead.hasKilled()).as(outcome.toString()).isTrue();
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
  }

  /** The backups that have a document. */
  private List<String> listed() {
    return backups.keys("backups/").stream()
        .filter(key -> key.endsWith(DOCUMENT))
        .map(key -> key.split("/", -1)[1])
        .toList();
  }

  private List<String> tableNames() {
    return host.operator().dynamoDb().listTables().tableNames();
  }
}
