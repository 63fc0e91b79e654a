package io.vestibule.backup.restore;

import io.vestibule.backup.restore.Sieve.Fate;

/**
 * How many rows of a backup a restore did not write, and why.
 *
 * @param erased of customers who were erased
 * @param invalid of customers whom an entry of the ledger names that nobody of ours has signed
 * @param over entries whose own form keeps them no longer
 * @param unowned entries of nobody in the backup, and what is no entry of ours
 */
public record LeftOut(long erased, long invalid, long over, long unowned) {

  static final LeftOut NONE = new LeftOut(0, 0, 0, 0);

  /** The same and one row more, if that is not written. */
  LeftOut and(Fate fate) {
    return switch (fate) {
      case WRITTEN -> this;
      case ERASED -> new LeftOut(erased + 1, invalid, over, unowned);
      case INVALID -> new LeftOut(erased, invalid + 1, over, unowned);
      case OVER -> new LeftOut(erased, invalid, over + 1, unowned);
      case UNOWNED -> new LeftOut(erased, invalid, over, unowned + 1);
    };
  }

  LeftOut and(LeftOut other) {
    return new LeftOut(
        erased + other.erased, invalid + other.invalid, over + other.over, unowned + other.unowned);
  }

  /** Whether any run can have counted so. */
  boolean canBe() {
    return erased >= 0 && invalid >= 0 && over >= 0 && unowned >= 0;
  }

  long ofCustomersKeptOut() {
    return erased + invalid;
  }

  long rows() {
    return ofCustomersKeptOut() + over + unowned;
  }
}
