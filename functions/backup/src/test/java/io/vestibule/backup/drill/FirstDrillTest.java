package io.vestibule.backup.drill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.backup.BackupAccount;
import io.vestibule.backup.RealCustomer;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The first days of one installation, in their order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FirstDrillTest extends BackupAccount {

  @Test
  @Order(1)
  void aDrillBeforeThereIsABackupIsNoneAndHasNotFailed() {
    assertThat(drill().path("finished").asBoolean(true)).isFalse();
    assertThat(tidyUp().path("finished").asBoolean()).isTrue();
    assertThat(backups.keys("drills/")).isEmpty();
  }

  @Test
  @Order(2)
  void theDayAfterTheFirstBackupItIsMadeUpFor() throws Exception {
    RealCustomer.store(account, "ada", clock.instant());
    var _ = backups.returns("BackupFunction", Map.of());

    assertThat(tidyUp().path("passed").asBoolean()).isTrue();
    assertThat(backups.keys("drills/passed/")).isNotEmpty();
  }

  @Test
  @Order(3)
  void fromThenOnItIsTheDayOfTheMonthThatCounts() {
    assertThat(tidyUp().toString()).isEqualTo("{\"finished\":true}");
  }

  @Test
  @Order(4)
  void onceThereWasADrillABucketWithoutABackupFails() {
    backups.keys("backups/").forEach(backups::delete);

    assertThat(drill().path("passed").asBoolean()).isFalse();
    assertThat(backups.keys("drills/failed/")).isNotEmpty();
  }

  private JsonNode drill() {
    return backups.returns("DrillFunction", Map.of());
  }

  private JsonNode tidyUp() {
    return backups.returns("DrillFunction", Map.of("continue", true));
  }
}
