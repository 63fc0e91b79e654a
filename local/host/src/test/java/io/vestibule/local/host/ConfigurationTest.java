package io.vestibule.local.host;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vestibule.core.Env;
import io.vestibule.deletion.DeadlineHandler;
import io.vestibule.deletion.DeletionHandler;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whoever deploys a function without its variables hears of all of them at once. */
class ConfigurationTest {

  private static final Env EMPTY = Env.of(Map.of());

  @Test
  void deletionNamesWhatItSharesAndWhatIsItsOwn() {
    assertThatThrownBy(() -> new DeletionHandler(EMPTY, Clock.systemUTC()))
        .isInstanceOf(Env.MissingConfiguration.class)
        .hasMessageContainingAll("BACKUP_BUCKET", "REQUESTS_TABLE", "LEDGER_KEY_ARN", "LAW");
  }

  @Test
  void soDoesDeadline() {
    assertThatThrownBy(() -> new DeadlineHandler(EMPTY, Clock.systemUTC()))
        .isInstanceOf(Env.MissingConfiguration.class)
        .hasMessageContainingAll("BACKUP_BUCKET", "REQUESTS_TABLE", "RETENTION_NOTICE_DAYS");
  }
}
