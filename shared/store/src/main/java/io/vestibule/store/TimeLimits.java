package io.vestibule.store;

import io.vestibule.core.Env;
import java.time.Duration;

/**
 * How long functions wait for answers of AWS, of the provider that knows our staff, and of our own
 * door, beside what they say. Deployed, it is what they say: the template does not set {@code
 * TIME_LIMITS_PERCENT}. Tests do: a test in which AWS is silent need not sit through whole limits,
 * and on a busy machine no other test should come upon one.
 *
 * @param percent of each limit; 100 where nobody says anything
 */
public record TimeLimits(int percent) {

  private static final String VARIABLE = "TIME_LIMITS_PERCENT";

  /**
   * As a function's environment has it.
   *
   * @throws Env.MissingConfiguration it is there, and is no whole number of at least one
   */
  public static TimeLimits of(Env env) {
    return env.read(
        from -> new TimeLimits(from.optional(VARIABLE).isEmpty() ? 100 : from.count(VARIABLE)));
  }

  /** A limit as it holds here. */
  public Duration limit(Duration deployed) {
    return deployed.multipliedBy(percent).dividedBy(100);
  }
}
