package io.vestibule.backup.drill;

import java.util.List;

/**
 * Halves of customers in the tables that are in use. They are written and erased together, so there
 * are some only after something was lost.
 *
 * @param complete whether all were compared; if not, the time was too short or AWS refused, and the
 *     rest says nothing
 * @param withoutCustomer identities, that is addresses and keys, whose customer is missing
 * @param withoutIdentity customers whose key is missing, so that nobody can read them
 */
record Orphans(boolean complete, Side withoutCustomer, Side withoutIdentity) {

  /** What is said if they were not all compared. */
  static final Orphans NOT_COUNTED = new Orphans(false, Side.NONE, Side.NONE);

  /**
   * One kind of them.
   *
   * @param some the numbers of some, for whoever has to look into it
   */
  record Side(long count, List<String> some) {

    private static final Side NONE = new Side(0, List.of());
  }

  long count() {
    return withoutCustomer.count() + withoutIdentity.count();
  }
}
