package io.vestibule.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvTest {

  @Test
  void missingVariablesAreAllNamedAtOnce() {
    var env = Env.of(Map.of("PRESENT", "yes", "EMPTY", " ", "CAP", "0"));

    assertThatThrownBy(
            () ->
                env.read(
                    from ->
                        List.of(
                            from.text("PRESENT"),
                            from.text("ABSENT"),
                            from.text("EMPTY"),
                            from.count("CAP"))))
        .isInstanceOf(Env.MissingConfiguration.class)
        .hasMessage(
            "Missing or unreadable environment variables: ABSENT, CAP (not a whole number of at"
                + " least 1), EMPTY");
  }

  @Test
  void aCompleteEnvironmentIsReadInOneGo() {
    var env = Env.of(Map.of("TABLE", "submissions", "CAP", "3"));

    record Config(String table, int cap) {}
    Config config = env.read(from -> new Config(from.text("TABLE"), from.count("CAP")));

    assertThat(config).isEqualTo(new Config("submissions", 3));
  }
}
