package io.vestibule.local.chaos;

import io.vestibule.local.chaos.DeathAt.Moment;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets a function die once, with all that it does at the same time and would do after. Of calls
 * that are made in parallel, each has its number when it begins.
 */
final class DeadForGood implements Disturbance {

  private final DeathAt death;
  private final AtomicInteger calls = new AtomicInteger();
  private final ThreadLocal<Integer> number = new ThreadLocal<>();
  private volatile boolean dead;

  DeadForGood(DeathAt death) {
    this.death = death;
  }

  boolean hasKilled() {
    return dead;
  }

  @Override
  public void before(Call call) {
    if (isOfTheVictim(call)) {
      number.set(calls.incrementAndGet());
      if (isTheLast() && death.moment() == Moment.BEFORE) {
        dead = true;
      }
      stop();
    }
  }

  @Override
  public void after(Call call) {
    if (isOfTheVictim(call)) {
      if (isTheLast()) {
        dead = true;
      }
      stop();
    }
  }

  private boolean isTheLast() {
    return number.get() == death.number();
  }

  private boolean isOfTheVictim(Call call) {
    return call.function().equals(death.call().function());
  }

  private void stop() {
    if (dead) {
      throw new Death(death.toString());
    }
  }
}
