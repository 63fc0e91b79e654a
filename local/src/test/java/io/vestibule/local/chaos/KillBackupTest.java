package io.vestibule.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.host.Outcome;
import io.vestibule.local.journey.Backups;
import io.vestibule.local.journey.Journey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Backup, restore and drill die just before and just after each of their calls of AWS, once each:
 * no listed backup is incomplete, a restore is done again, no scratch table stays for good.
 */
class KillBackupTest extends Journey {

  private static final int CUSTOMERS = 12;
  private static final Map<String, Object> RESTORE =
      Map.of("backup", "latest", "into", "customers-restored");

  private final List<DeathAt> ofBackups = new ArrayList<>();
  private final List<DeathAt> ofRestores = new ArrayList<>();
  private final List<DeathAt> ofDrills = new ArrayList<>();
  private Backups backups;

  @BeforeAll
  void recordTheCalls() throws Exception {
    host.stopSchedules();
    backups = new Backups(host);
    somebody().becomesACustomer(Map.of());
    for (int i = 1; i < CUSTOMERS; i++) {
      put("c" + i);
    }
    backups.erase("c1");
    backups.returns("BackupFunction", Map.of());
    backups.returns("DrillFunction", Map.of()); // A backup looks whether there was one.
    ofBackups.addAll(deaths("BackupFunction", Map.of()));
    ofRestores.addAll(deaths("RestoreFunction", RESTORE));
    ofDrills.addAll(deaths("DrillFunction", Map.of()));
  }

  private void put(String id) {
    host.operator()
        .dynamoDb()
        .putItem(
            put -> put.tableName("customers").item(Map.of("customerId", AttributeValue.fromS(id))));
  }

  private List<DeathAt> deaths(String function, Map<String, Object> event) {
    backups.returns(function, event); // What a first run alone does, it does now.
    dropRestored();
    clock.advance(Duration.ofMinutes(1));
    var recorder = new CallRecorder();
    CallInterceptor.disturb(recorder);
    backups.returns(function, event);
    CallInterceptor.calm();
    dropRestored();
    assertThat(recorder.deaths()).isNotEmpty();
    return recorder.deaths();
  }

  @AfterEach
  void dropRestored() {
    CallInterceptor.calm();
    if (tableNames().contains("customers-restored")) {
      host.operator().dynamoDb().deleteTable(table -> table.tableName("customers-restored"));
    }
  }

  List<DeathAt> deathsOfBackups() {
    return ofBackups;
  }

  List<DeathAt> deathsOfRestores() {
    return ofRestores;
  }

  List<DeathAt> deathsOfDrills() {
    return ofDrills;
  }

  @ParameterizedTest
  @MethodSource("deathsOfBackups")
  void noListedBackupIsIncomplete(DeathAt death) {
    clock.advance(Duration.ofMinutes(1));
    var listed = listed();

    dies(death, "BackupFunction", Map.of());

    for (String id : listed().stream().filter(id -> !listed.contains(id)).toList()) {
      backups.returns("RestoreFunction", Map.of("backup", id, "into", "live", "dryRun", true));
    }
    clock.advance(Duration.ofMinutes(1));
    assertThat(backups.returns("BackupFunction", Map.of()).path("items").asInt())
        .isEqualTo(CUSTOMERS);
  }

  @ParameterizedTest
  @MethodSource("deathsOfRestores")
  void aRestoreIsDoneAgain(DeathAt death) {
    dies(death, "RestoreFunction", RESTORE);

    var report = backups.returns("RestoreFunction", RESTORE);

    assertThat(report.path("restored").asInt()).isEqualTo(CUSTOMERS - 1);
    assertThat(
            host.operator().dynamoDb().scan(scan -> scan.tableName("customers-restored")).count())
        .isEqualTo(CUSTOMERS - 1);
  }

  @ParameterizedTest
  @MethodSource("deathsOfDrills")
  void noScratchTableStaysForGood(DeathAt death) {
    dies(death, "DrillFunction", Map.of());

    clock.advance(Duration.ofMinutes(1));
    assertThat(backups.returns("DrillFunction", Map.of()).path("passed").asBoolean()).isTrue();

    assertThat(tableNames()).doesNotContain("customers-drill");
  }

  private void dies(DeathAt death, String function, Map<String, Object> event) {
    var dead = new DeadForGood(death);
    CallInterceptor.disturb(dead);
    var outcome = backups.invoke(function, event);
    CallInterceptor.calm();
    assertThat(dead.hasKilled()).isTrue();
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
  }

  private Set<String> listed() {
    return backups.keys("backups/").stream()
        .filter(key -> key.endsWith("/vestibule.json"))
        .map(key -> key.split("/", -1)[1])
        .collect(Collectors.toSet());
  }

  private List<String> tableNames() {
    return host.operator().dynamoDb().listTables().tableNames();
  }
}
