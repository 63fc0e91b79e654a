package io.vestibule.deletion.erase;

import java.util.Optional;

/** Others kept changing the customer; to be tried again. */
public final class Contended extends RuntimeException {

  /** Two changes of one person at the same moment are likely; five times in a row is not. */
  private static final int ATTEMPTS = 5;

  public Contended() {
    super("the customer was changed by others, " + ATTEMPTS + " times in a row");
  }

  /** One attempt; empty if somebody else changed the customer meanwhile. */
  public interface Attempt<T, E extends Exception> {
    Optional<T> run() throws E;
  }

  /**
   * Tries until an attempt succeeds.
   *
   * @throws Contended if none of them does
   */
  public static <T, E extends Exception> T untilSettled(Attempt<T, E> attempt) throws E {
    for (int number = 0; number < ATTEMPTS; number++) {
      var outcome = attempt.run();
      if (outcome.isPresent()) {
        return outcome.get();
      }
    }
    throw new Contended();
  }
}
