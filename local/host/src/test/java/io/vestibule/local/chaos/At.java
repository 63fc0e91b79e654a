package io.vestibule.local.chaos;

import java.util.concurrent.atomic.AtomicBoolean;

/** Something else that happens just before the first call of a kind, on the caller's thread. */
record At(String call, Runnable meanwhile, AtomicBoolean done) implements Disturbance {

  At(String call, Runnable meanwhile) {
    this(call, meanwhile, new AtomicBoolean());
  }

  @Override
  public void before(Call made) {
    if (made.toString().equals(call) && done.compareAndSet(false, true)) {
      meanwhile.run();
    }
  }
}
