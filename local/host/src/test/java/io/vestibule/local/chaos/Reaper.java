package io.vestibule.local.chaos;

import io.vestibule.local.chaos.DeathAt.Moment;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Lets a function die once, and knows at what. Of calls that are made in parallel, each has its
 * number when it begins.
 */
final class Reaper implements Disturbance {

  private final DeathAt death;
  private final Runnable then;
  private final AtomicInteger calls = new AtomicInteger();
  private final ThreadLocal<Integer> number = new ThreadLocal<>();
  private final AtomicReference<@Nullable Call> killed = new AtomicReference<>();

  /**
   * Waits for the call.
   *
   * @param then what else happens at the moment of death
   */
  Reaper(DeathAt death, Runnable then) {
    this.death = death;
    this.then = then;
  }

  /** The call that was the function's last; empty while it lives. */
  Optional<Call> killed() {
    return Optional.ofNullable(killed.get());
  }

  @Override
  public void before(Call call) {
    if (isOfTheVictim(call)) {
      number.set(calls.incrementAndGet());
      dieAt(call, Moment.BEFORE);
    }
  }

  @Override
  public void after(Call call) {
    if (isOfTheVictim(call)) {
      dieAt(call, Moment.AFTER);
    }
  }

  private boolean isOfTheVictim(Call call) {
    return call.function().equals(death.call().function());
  }

  private void dieAt(Call call, Moment moment) {
    boolean isTheLast = number.get() == death.number() && moment == death.moment();
    if (isTheLast && killed.compareAndSet(null, call)) {
      then.run();
      throw new Death(death.toString());
    }
  }
}
