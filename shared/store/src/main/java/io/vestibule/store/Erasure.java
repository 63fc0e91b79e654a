package io.vestibule.store;

import java.time.Instant;
import java.util.Optional;

/**
 * That somebody is erased.
 *
 * @param emailIndex the keyed hash of the address
 * @param customerId the number that the person had; empty if there was no customer
 * @param erasedAt what was handed in until then is covered by it
 * @param askedBy the id of the request, {@code retention} or {@code orphan}
 */
public record Erasure(
    String emailIndex, Optional<String> customerId, Instant erasedAt, String askedBy) {

  /** Stands in the place of a request's id if the end of retention is the reason. */
  public static final String RETENTION = "retention";

  /**
   * Stands in the place of a request's id if half of a customer was lost for good, and a person
   * ordered to forget the rest.
   */
  private static final String ORPHAN = "orphan";

  /**
   * The erasure of what is left of a customer whose other half was lost for good. It erases no
   * address: the owner of the address may come again, and what they have handed in stands.
   */
  public static Erasure ofOrphan(String customerId, Instant now) {
    return new Erasure("", Optional.of(customerId), now, ORPHAN);
  }

  /** The function that erased. */
  public String actor() {
    return askedBy.equals(RETENTION) ? "DeadlineFunction" : "DeletionFunction";
  }
}
