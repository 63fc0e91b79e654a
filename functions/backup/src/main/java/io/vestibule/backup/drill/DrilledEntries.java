package io.vestibule.backup.drill;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a drill found of entries.
 *
 * @param items how many the backup holds
 * @param restored how many a restore brought back
 * @param counted how many the scratch table then held
 * @param opened how many of those of the sample could be read with their customers' keys
 * @param failed how many of them could not
 * @param resurrected erased customers of whom an entry came back: there must be none
 * @param erasedAgain entries of erased customers that were kept out
 * @param invalid entries that were kept out because of entries of the ledger that nobody of ours
 *     has signed
 * @param over entries that were left out as their own forms keep them no longer
 * @param unowned entries that were left out, as they are of nobody in the backup, or none of ours
 */
record DrilledEntries(
    long items,
    long restored,
    long counted,
    long opened,
    long failed,
    long resurrected,
    long erasedAgain,
    long invalid,
    long over,
    long unowned) {

  /** Whether all are there that are to be, and keys fit; a sample may have handed in nothing. */
  @JsonProperty
  boolean passed() {
    return items == restored + erasedAgain + invalid + over + unowned
        && counted == restored
        && failed == 0
        && resurrected == 0;
  }
}
