package io.vestibule.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvTest {

  @Test
  void missingVariablesAreAllNamedAtOnce() {
    var env = Env.of(Map.of("PRESENT", "yes", "EMPTY", " ", "CAP", "0", "SIZE", "-1"));

    assertThatThrownBy(
            () ->
                env.read(
                    from ->
                        List.of(
                            from.text("PRESENT"),
                            from.text("ABSENT"),
                            from.text("EMPTY"),
                            from.count("CAP"),
                            from.zeroOrMore("SIZE"))))
        .isInstanceOf(Env.MissingConfiguration.class)
        .hasMessage(
            "Missing or unreadable environment variables: ABSENT, CAP (not a whole number of at"
                + " least 1), EMPTY, SIZE (not a whole number of at least 0)");
  }

  @Test
  void aCompleteEnvironmentIsReadInOneGo() {
    var env = Env.of(Map.of("TABLE", "submissions", "CAP", "3", "SIZE", "0"));

    record Config(String table, int cap, int size) {}
    Config config =
        env.read(
            from -> new Config(from.text("TABLE"), from.count("CAP"), from.zeroOrMore("SIZE")));

    assertThat(config).isEqualTo(new Config("submissions", 3, 0));
  }
}
