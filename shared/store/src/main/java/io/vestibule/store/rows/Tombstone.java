package io.vestibule.store.rows;

import java.time.Duration;

/** What remains of a submission that has ended: no content, only that there was one. */
public final class Tombstone {

  /**
   * So long a second press of the button gets a kind answer, a retry is known as one, and the books
   * of a day can be done again.
   */
  public static final Duration KEPT = Duration.ofDays(30);

  private Tombstone() {}
}
