package io.vestibule.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vestibule.local.aws.MovableClock;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CachedTest {

  private final MovableClock clock = new MovableClock();
  private final Cached<String, Integer> cached = new Cached<>(clock);
  private final AtomicInteger loads = new AtomicInteger();

  @BeforeEach
  void stopTheClock() {
    clock.stop();
  }

  @Test
  void aValueIsLoadedOnceInFiveMinutesByItsKey() {
    assertThat(get("one")).isEqualTo(1);
    clock.advance(Duration.ofMinutes(5).minusMillis(1));
    assertThat(get("one")).isEqualTo(1);
    assertThat(get("other")).isEqualTo(2);

    clock.advance(Duration.ofMillis(1));
    assertThat(get("one")).isEqualTo(3);
  }

  @Test
  void aClockThatWasSetBackMakesAValueOld() {
    assertThat(get("one")).isEqualTo(1);
    clock.advance(Duration.ofSeconds(-1));

    assertThat(get("one")).isEqualTo(2);
  }

  @Test
  void whatFailsToLoadIsTriedAgain() {
    Cached.Loader<String, Integer, IOException> fails =
        _ -> {
          throw new IOException("not now");
        };
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> cached.get("one", fails));

    assertThat(get("one")).isEqualTo(1);
  }

  private int get(String key) {
    return cached.get(key, _ -> loads.incrementAndGet());
  }
}
