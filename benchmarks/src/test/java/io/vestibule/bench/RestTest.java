package io.vestibule.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Iterator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RestTest {

  private static final int LOOKS = 3;

  @Test
  void whoWorksOnIsWaitedForUntilTheyRest() throws Exception {
    var cpu = Stream.of(10, 40, 40, 90).map(Duration::ofMillis).iterator();

    assertThat(Rest.await(cpu::next, LOOKS)).contains(Duration.ofMillis(40));
  }

  @Test
  void whoNeverRestsIsGivenUp() throws Exception {
    Iterator<Duration> cpu = Stream.iterate(Duration.ZERO, time -> time.plusMillis(20)).iterator();

    assertThat(Rest.await(cpu::next, LOOKS)).isEmpty();
  }
}
