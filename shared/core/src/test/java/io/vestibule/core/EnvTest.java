package io.vestibule.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvTest {

  @Test
  void missingVariablesAreAllNamedAtOnce() {
    var env = Env.of(Map.of("PRESENT", "yes", "EMPTY", " ", "LIFE", "24 hours", "CAP", "0"));

    assertThatThrownBy(
            () ->
                env.read(
                    from ->
                        List.of(
                            from.text("PRESENT"),
                            from.text("ABSENT"),
                            from.text("EMPTY"),
                            from.duration("LIFE"),
                            from.count("CAP"))))
        .isInstanceOf(Env.MissingConfiguration.class)
        .hasMessage(
            "Missing or unreadable environment variables: ABSENT, CAP (not a whole number of at"
                + " least 1), EMPTY, LIFE (not an ISO 8601 duration)");
  }

  @Test
  void aCompleteEnvironmentIsReadInOneGo() {
    var env = Env.of(Map.of("TABLE", "submissions", "LIFE", "PT24H", "CAP", "3"));

    record Config(String table, Duration life, int cap) {}
    Config config =
        env.read(from -> new Config(from.text("TABLE"), from.duration("LIFE"), from.count("CAP")));

    assertThat(config).isEqualTo(new Config("submissions", Duration.ofHours(24), 3));
  }
}
