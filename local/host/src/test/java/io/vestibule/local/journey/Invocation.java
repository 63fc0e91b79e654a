package io.vestibule.local.journey;

import com.amazonaws.services.lambda.runtime.Context;
import io.vestibule.local.host.InvocationContext;
import java.util.concurrent.TimeUnit;

/** An invocation of a function that is in a process of its own. */
final class Invocation {

  private Invocation() {}

  /** As long as Lambda gives. */
  static Context ofQuarterOfAnHour() {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(15);
    return new InvocationContext("1", "test", "test", "test", 128, deadline);
  }
}
