package io.vestibule.local.chaos;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.exception.AbortedException;

/**
 * A service that takes calls and never answers, from a certain call on, until so many attempts have
 * been given up: by the timeouts that the client really has.
 */
final class Hang implements Disturbance {

  /** Longer than anybody waits. */
  private static final Duration FOR_GOOD = Duration.ofMinutes(5);

  private final Call begin;
  private final int attempts;
  private final Runnable afterwards;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final AtomicInteger givenUp = new AtomicInteger();

  /**
   * Waits for the call with which it begins.
   *
   * @param attempts how many are given up before the service answers again
   * @param afterwards is done when each has been: time passes
   */
  Hang(Call begin, int attempts, Runnable afterwards) {
    this.begin = begin;
    this.attempts = attempts;
    this.afterwards = afterwards;
  }

  int givenUp() {
    return givenUp.get();
  }

  @Override
  public void before(Call call) {
    if (call.toString().equals(begin.toString())) {
      begun.set(true);
    }
    boolean isHit = call.service().equals(begin.service()) && !call.isOfTheOperator();
    if (begun.get() && isHit && givenUp.get() < attempts) {
      keepSilent(call);
    }
  }

  /** The SDK's timers interrupt the thread that waits for an answer, here as at a socket. */
  private void keepSilent(Call call) {
    try {
      Thread.sleep(FOR_GOOD);
      throw new AssertionError("nobody gave up on " + call);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      givenUp.incrementAndGet();
      afterwards.run();
      throw AbortedException.create("no answer to " + call, e);
    }
  }
}
