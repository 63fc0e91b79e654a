package io.vestibule.store;

import io.vestibule.core.OperatorCode;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the same for many rows, or people, so that what fails about one is that one's alone: the
 * others are done all the same, and then the run fails.
 */
public final class OneByOne {

  private static final Logger LOG = LoggerFactory.getLogger(OneByOne.class);

  /** More than so many failures are not the rows', but AWS's: to go on would only take time. */
  private static final int MOST_FAILED = 20;

  private @Nullable RuntimeException first;
  private int failed;

  /**
   * Does it for one.
   *
   * @param otherwise what is returned if it fails
   * @throws RuntimeException what this one failed of, if it is one too many
   */
  public <T> T attempt(Supplier<T> deed, T otherwise) {
    try {
      return deed.get();
    } catch (RuntimeException e) {
      LOG.warn("One failed; the others go on", OperatorCode.ONE_FAILED.entry(), new Redacted(e));
      first = first == null ? e : first;
      failed++;
      if (failed > MOST_FAILED) {
        throw e;
      }
      return otherwise;
    }
  }

  /**
   * Ends the run, when all have had their turn.
   *
   * @throws RuntimeException what the first of those failed of that failed
   */
  public void end() {
    if (first != null) {
      throw first;
    }
  }
}
