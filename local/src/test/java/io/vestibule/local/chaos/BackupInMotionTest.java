package io.vestibule.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.journey.Backups;
import io.vestibule.local.journey.Journey;
import io.vestibule.local.journey.Tables;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/** The table does not stand still while it is backed up, or restored. */
class BackupInMotionTest extends Journey {

  private static final int CUSTOMERS = 60;

  private Backups backups;

  @BeforeAll
  void stopSchedules() {
    host.stopSchedules();
    backups = new Backups(host);
  }

  @BeforeEach
  void fillTheTable() {
    clock.advance(Duration.ofMinutes(1));
    for (int i = 0; i < CUSTOMERS; i++) {
      put("customers", "c" + i);
    }
  }

  @AfterEach
  void calm() {
    CallInterceptor.calm();
  }

  /** What else happens at the first call of this kind. */
  private static Disturbance at(String function, String operation, Runnable what) {
    var happened = new AtomicBoolean();
    return new Disturbance() {
      @Override
      public void after(Call call) {
        if (call.toString().equals(function + " " + operation)
            && happened.compareAndSet(false, true)) {
          what.run();
        }
      }
    };
  }

  @Test
  void nothingThatWasThereBeforeTheStartIsMissing() {
    CallInterceptor.disturb(
        at(
            "BackupFunction",
            "Scan",
            () -> {
              for (int i = 0; i < CUSTOMERS; i++) {
                put("customers", "during-" + i);
              }
            }));
    backups.returns("BackupFunction", Map.of());
    CallInterceptor.calm();
    backups.loseCustomers();

    backups.returns("RestoreFunction", Map.of("backup", "latest", "into", "live"));

    for (int i = 0; i < CUSTOMERS; i++) {
      assertThat(customers()).contains("c" + i);
    }
  }

  @Test
  void whoIsErasedWhileABackupIsTakenStaysErased() {
    CallInterceptor.disturb(at("BackupFunction", "Scan", () -> backups.erase("c3")));
    backups.returns("BackupFunction", Map.of());
    CallInterceptor.calm();
    backups.loseCustomers();
    delete("erasures", "c3"); // The table is lost, too: the backup still knows.

    backups.returns("RestoreFunction", Map.of("backup", "latest", "into", "live"));

    assertThat(customers()).hasSizeGreaterThanOrEqualTo(CUSTOMERS - 1).doesNotContain("c3");
  }

  @Test
  void whoIsErasedWhileABackupIsRestoredStaysErased() {
    backups.returns("BackupFunction", Map.of());
    backups.loseCustomers();
    CallInterceptor.disturb(at("RestoreFunction", "PutItem", () -> backups.erase("c4")));

    var report = backups.returns("RestoreFunction", Map.of("backup", "latest", "into", "live"));

    assertThat(customers()).doesNotContain("c4");
    assertThat(report.path("erased").asInt()).isEqualTo(1);
    assertThat(report.path("restored").asInt()).isEqualTo(customers().size());
    delete("erasures", "c4");
  }

  @Test
  void whoComesOrGoesWhileADrillComparesTheTablesIsNoOrphan() {
    backups.loseCustomers();
    backups.returns("BackupFunction", Map.of()); // Of nobody: none of these could be opened.
    fillTheTable();
    for (String number : customers()) {
      putIdentity(number);
    }
    CallInterceptor.disturb(new ComeAndGo());
    var drill = backups.returns("DrillFunction", Map.of());
    CallInterceptor.calm();

    assertThat(customers()).contains("came").doesNotContain("c5");
    assertThat(drill.path("orphans").asInt(-1)).isZero();
  }

  /** One is stored and one is erased when identities have been read and customers have not. */
  private final class ComeAndGo implements Disturbance {

    private boolean happened;

    @Override
    public synchronized void before(Call call) {
      if (!happened
          && call.request() instanceof ScanRequest scan
          && scan.tableName().equals("customers")) {
        happened = true;
        put("customers", "came");
        putIdentity("came");
        delete("customers", "c5");
        backups.remove("identities", "emailIndex", "of-c5");
      }
    }
  }

  private void putIdentity(String customerId) {
    var item =
        Map.of(
            "emailIndex", AttributeValue.fromS("of-" + customerId),
            "customerId", AttributeValue.fromS(customerId));
    host.operator().dynamoDb().putItem(put -> put.tableName("identities").item(item));
  }

  private List<String> customers() {
    return new Tables(host)
        .items("customers").stream().map(item -> Tables.text(item, "customerId")).toList();
  }

  private void put(String table, String customerId) {
    host.operator()
        .dynamoDb()
        .putItem(
            put ->
                put.tableName(table).item(Map.of("customerId", AttributeValue.fromS(customerId))));
  }

  private void delete(String table, String customerId) {
    host.operator()
        .dynamoDb()
        .deleteItem(
            delete ->
                delete
                    .tableName(table)
                    .key(Map.of("customerId", AttributeValue.fromS(customerId))));
  }
}
