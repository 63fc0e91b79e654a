package io.vestibule.local.partners;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** A hundred calls of one interface in twenty seconds. */
final class FxiaokePace {

  private static final int MOST = 100;
  private static final Duration WINDOW = Duration.ofSeconds(20);

  private final Clock clock;
  private final Map<String, Deque<Instant>> calls = new HashMap<>();

  FxiaokePace(Clock clock) {
    this.clock = clock;
  }

  void count(String path) throws FxiaokeRefusal {
    var now = clock.instant();
    var recent = calls.computeIfAbsent(path, _ -> new ArrayDeque<>());
    recent.removeIf(it -> !it.isAfter(now.minus(WINDOW)));
    if (recent.size() >= MOST) {
      throw new FxiaokeRefusal(30_004, "too fast");
    }
    recent.add(now);
  }
}
