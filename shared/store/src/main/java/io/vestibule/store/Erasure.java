package io.vestibule.store;

import java.time.Instant;
import java.util.Optional;

/**
 * That somebody is erased.
 *
 * @param emailIndex the keyed hash of the address
 * @param customerId the number that the person had; empty if there was no customer
 * @param erasedAt what was handed in until then is covered by it
 * @param askedBy the id of the request, or {@code retention}
 */
public record Erasure(
    String emailIndex, Optional<String> customerId, Instant erasedAt, String askedBy) {

  /** Who asks if it is the end of the time for which data is kept. */
  public static final String RETENTION = "retention";

  /** The function that erased. */
  String actor() {
    return askedBy.equals(RETENTION) ? "DeadlineFunction" : "DeletionFunction";
  }
}
