package io.vestibule.delivery.kind.fxiaoke;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Not more calls than Fxiaoke takes: a hundred in twenty seconds. Its limit is of each interface,
 * and this one is of all together. Whoever would come too early waits before the person is looked
 * at, and not between two calls about them.
 */
final class Pace {

  private static final int MOST = 100;
  private static final Duration WINDOW = Duration.ofSeconds(20);

  /** Few attempts make more calls, and of one interface none does. */
  private static final int OF_ONE = 10;

  private final Deque<Instant> calls = new ArrayDeque<>();

  /** A call is made. */
  synchronized void count(Instant now) {
    calls.add(now);
    if (calls.size() > MOST) {
      calls.remove();
    }
  }

  /** For how long whoever begins now has to wait. */
  synchronized Duration before(Instant now) {
    int kept = MOST - OF_ONE;
    if (calls.size() <= kept) {
      return Duration.ZERO;
    }
    var first = calls.stream().skip(calls.size() - kept - 1L).findFirst().orElseThrow();
    var wait = Duration.between(now, first.plus(WINDOW));
    return wait.isPositive() ? wait : Duration.ZERO;
  }
}
