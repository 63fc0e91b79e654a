package io.vestibule.backup.take;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vestibule.backup.BackupAccount;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackupOrderTest extends BackupAccount {

  @Test
  void anOrderSaysWhatToDoForHowLongAndHow() {
    var order = BackupOrder.read(Map.of("continue", true, "forSeconds", 3, "engine", "export"));

    assertThat(order)
        .isEqualTo(
            new BackupOrder(true, Optional.of(Duration.ofSeconds(3)), Optional.of(Engine.EXPORT)));
  }

  /** It once took the lease first, and so counted as a run that had failed. */
  @Test
  void aMistypedOrderIsRefusedBeforeAnythingIsDone() {
    List<Map<String, Object>> orders =
        List.of(
            Map.of("forSeconds", "3"),
            Map.of("continue", "yes"),
            Map.of("engine", "steam", "continue", true),
            Map.of("Continue", true));
    for (var order : orders) {
      assertThatIllegalArgumentException().isThrownBy(() -> BackupOrder.read(order));
      assertThat(backups.fails("BackupFunction", order)).isNotEmpty();
    }
    assertThat(backups.keys("leases/")).isEmpty();
  }
}
