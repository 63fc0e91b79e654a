package io.vestibule.deletion;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Duration;

/** When to begin nothing more, with time left to end what is under way. */
@FunctionalInterface
interface Deadline {

  /** Longer than a call of AWS takes with all its attempts, and the few that end a request. */
  Duration RESERVE = Duration.ofSeconds(10);

  boolean isOver();

  /** That of an invocation. */
  static Deadline of(Context context) {
    return () -> context.getRemainingTimeInMillis() < RESERVE.toMillis();
  }
}
