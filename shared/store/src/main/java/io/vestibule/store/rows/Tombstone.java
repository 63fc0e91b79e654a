package io.vestibule.store.rows;

import io.vestibule.core.Status;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What remains of a submission that has ended: no content, only that there was one. */
public final class Tombstone {

  /**
   * So long a second press of the button gets a kind answer, a retry is known as one, and the books
   * of a day can be done again.
   */
  public static final Duration KEPT = Duration.ofDays(30);

  /** The states that are ends. */
  static final Set<Status> ENDS = Set.of(Status.DONE, Status.ERASED, Status.EXPIRED);

  /**
   * What a row has no more once it has ended, unless its end says what it is kept for: content,
   * whatever finds the row or lets somebody at it, and what was only true of the state before.
   */
  static final List<String> EMPTIED =
      List.of(
          "open",
          "sealed",
          "asked",
          "proof",
          "choice",
          "links",
          "emailIndex",
          "leaseUntil",
          "heldAt",
          "reason",
          "tokenHash");

  private Tombstone() {}
}
