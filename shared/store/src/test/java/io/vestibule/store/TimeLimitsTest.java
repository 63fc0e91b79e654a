package io.vestibule.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vestibule.core.Env;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimeLimitsTest {

  private static final Duration LIMIT = Duration.ofSeconds(2);

  @Test
  void whereNobodySaysAnythingALimitIsWhatItIs() {
    assertThat(TimeLimits.of(Env.of(Map.of())).limit(LIMIT)).isEqualTo(LIMIT);
  }

  @Test
  void theTemplateSaysNothing() throws Exception {
    assertThat(Files.readString(Path.of("..", "..", "template.yaml")))
        .doesNotContain("TIME_LIMITS_PERCENT");
  }

  @Test
  void aTestMayMakeEveryLimitShorterOrLonger() {
    assertThat(limit("25")).isEqualTo(Duration.ofMillis(500));
    assertThat(limit("1000")).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void whatIsNoNumberIsAFaultOfTheConfiguration() {
    assertThatThrownBy(() -> limit("none")).isInstanceOf(Env.MissingConfiguration.class);
  }

  private static Duration limit(String percent) {
    return TimeLimits.of(Env.of(Map.of("TIME_LIMITS_PERCENT", percent))).limit(LIMIT);
  }
}
