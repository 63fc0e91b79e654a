package io.vestibule.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampTest {

  @Test
  void allHaveOneLengthSoThatTheyCompareAsText() {
    var even = Timestamp.of(Instant.parse("2026-11-21T20:14:00Z"));
    var later = Timestamp.of(Instant.parse("2026-11-21T20:14:00.001Z"));

    assertThat(even).isEqualTo("2026-11-21T20:14:00.000Z").isLessThan(later);
    assertThat(Timestamp.parse(later)).isEqualTo(Instant.parse("2026-11-21T20:14:00.001Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-11-21T20:14:00Z",
        "2026-02-30T20:14:00.000Z",
        "-1000000000-01-01T00:00:00Z",
        "+1000000000-12-31T23:59:59.999Z",
        "2026-11-21T20:14:00.000+01:00"
      })
  void anythingElseIsNone(String text) {
    assertThatThrownBy(() -> Timestamp.parse(text)).isInstanceOf(DateTimeException.class);
  }
}
