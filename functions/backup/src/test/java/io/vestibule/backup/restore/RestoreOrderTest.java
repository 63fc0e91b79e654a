package io.vestibule.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RestoreOrderTest {

  @Test
  void theNewestBackupIsMeantIfNoneIsNamed() {
    var live = new RestoreOrder.Customers(Optional.empty(), Optional.empty(), false, Set.of());

    assertThat(RestoreOrder.read(Map.of("into", "live"))).isEqualTo(live);
    assertThat(RestoreOrder.read(Map.of("into", "live", "backup", "latest"))).isEqualTo(live);
    assertThat(RestoreOrder.read(Map.of("into", "restored", "backup", "b", "dryRun", true)))
        .isEqualTo(
            new RestoreOrder.Customers(Optional.of("b"), Optional.of("restored"), true, Set.of()));
  }

  @Test
  void identitiesComeFromATableThatIsNotInUse() {
    assertThat(RestoreOrder.read(Map.of("table", "identities", "from", "identities-restored")))
        .isEqualTo(new RestoreOrder.Identities("identities-restored", Set.of()));
  }

  @Test
  void whatIsTypedIsPutBehindThePrefixThatTheRoleReaches() {
    var prefix = "dev-vestibule-restore-";
    var into =
        new RestoreOrder.Customers(
            Optional.empty(), Optional.of(prefix + "restored"), false, Set.of());

    assertThat(RestoreOrder.read(Map.of("into", "restored")).behind(prefix)).isEqualTo(into);
    assertThat(RestoreOrder.read(Map.of("into", prefix + "restored")).behind(prefix))
        .as("the whole name")
        .isEqualTo(into);
    var live = RestoreOrder.read(Map.of("into", "live"));
    assertThat(live.behind(prefix)).isEqualTo(live);
    assertThat(
            RestoreOrder.read(Map.of("table", "identities", "from", "identities-restored"))
                .behind(prefix))
        .isEqualTo(new RestoreOrder.Identities(prefix + "identities-restored", Set.of()));
  }

  @Test
  void noSlipReachesATableThatIsInUse() {
    List<Map<String, Object>> slips =
        List.of(
            Map.of(),
            Map.of("into", "customers"),
            Map.of("into", "restored", "dryRun", "yes"),
            Map.of("table", "identities", "from", "identities"),
            Map.of("table", "customers", "from", "customers-restored"),
            Map.of("table", "identities", "from", "identities-restored", "dryRun", true),
            Map.of("into", "live", "overrule", "c1"),
            Map.of("into", "live", "overrule", List.of(1)),
            Map.of("into", "live", "Backup", "b"));
    for (var slip : slips) {
      assertThatIllegalArgumentException().isThrownBy(() -> RestoreOrder.read(slip));
    }
  }
}
