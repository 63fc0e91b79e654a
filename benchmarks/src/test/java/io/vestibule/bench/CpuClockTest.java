package io.vestibule.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, disabledReason = "Not run: the clocks of processes are Linux's")
class CpuClockTest {

  @Test
  void theClockSeesWhatTheSystemSeesOfAProcess() throws Exception {
    var busy = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
    try {
      while (CpuClock.of(busy.pid()).compareTo(Duration.ofMillis(100)) < 0) {
        Thread.sleep(10);
      }
      var seen = busy.info().totalCpuDuration().orElseThrow();

      assertThat(seen).isGreaterThanOrEqualTo(Duration.ofMillis(90)); // It counts hundredths.
      assertThat(CpuClock.of(busy.pid())).isGreaterThanOrEqualTo(seen.minusMillis(20));
    } finally {
      busy.destroyForcibly().waitFor();
    }
  }

  @Test
  void whoHasEndedHasNoClock() throws Exception {
    var ended = new ProcessBuilder("true").start();
    ended.waitFor();

    assertThatThrownBy(() -> CpuClock.of(ended.pid())).isInstanceOf(IllegalStateException.class);
  }
}
