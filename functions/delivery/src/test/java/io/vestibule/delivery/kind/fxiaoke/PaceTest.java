package io.vestibule.delivery.kind.fxiaoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** Nobody is called more often than they take calls. */
class PaceTest {

  private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

  private final Pace pace = new Pace();

  @Test
  void whoBeginsHasRoomForAllTheirCallsOrWaitsForIt() {
    for (int i = 0; i < 90; i++) {
      pace.count(NOON.plusMillis(100L * i));
    }
    assertThat(pace.before(NOON.plusSeconds(9))).isZero();
    pace.count(NOON.plusSeconds(9));
    assertThat(pace.before(NOON.plusSeconds(9))).isEqualTo(Duration.ofSeconds(11));
    assertThat(pace.before(NOON.plusSeconds(20))).isZero();
  }

  @Test
  void inNoTwentySecondsThereAreMoreThanAHundredCalls() {
    var now = NOON;
    var calls = new ArrayList<Instant>();
    for (int person = 0; person < 200; person++) {
      now = now.plus(pace.before(now));
      for (int call = 0; call < 10; call++) {
        pace.count(now);
        calls.add(now);
        now = now.plusMillis(1);
      }
    }
    for (int i = 100; i < calls.size(); i++) {
      assertThat(calls.get(i)).isAfterOrEqualTo(calls.get(i - 100).plusSeconds(20));
    }
  }
}
