package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.template.Stack;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In a journey time passes when the journey says so, and so do the schedules. */
class SchedulesTest extends Journey {

  /** A run that goes by the clock looks at it once a second. */
  private static final Duration TWO_LOOKS_AT_THE_CLOCK = Duration.ofSeconds(2);

  @Test
  void whatIsDueRunsWhenItIsAskedForAndNotBefore() throws Exception {
    var before = tables.snapshot();
    try (var recording = host.calls().record()) {
      clock.advance(Duration.ofDays(31));
      Thread.sleep(TWO_LOOKS_AT_THE_CLOCK);
      assertThat(scheduled()).isNotEmpty().allMatch(name -> recording.of(name).isEmpty());
      assertThat(tables.snapshot()).isEqualTo(before);

      host.runDueSchedules();

      assertThat(scheduled()).noneMatch(name -> recording.of(name).isEmpty());
      assertThat(tables.snapshot().get("sealing-keys")).isNotEqualTo(before.get("sealing-keys"));
    }
  }

  private List<String> scheduled() {
    return host.stack().functions().stream()
        .filter(function -> !function.schedules().isEmpty())
        .map(Stack.Lambda::logicalId)
        .toList();
  }
}
