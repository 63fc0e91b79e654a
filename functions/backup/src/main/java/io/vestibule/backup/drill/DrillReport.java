package io.vestibule.backup.drill;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.vestibule.backup.Drills;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a drill found.
 *
 * @param items how many customers the backup holds
 * @param restored how many a restore brought back
 * @param counted how many the scratch table then held
 * @param opened how many of a sample could be read with their own keys
 * @param failed how many of it could not
 * @param resurrected erased customers who came back: there must be none
 * @param erasedAgain erased customers who were in the backup, and were kept out
 * @param invalid customers who were in the backup, and were kept out because of entries of the
 *     ledger that nobody of ours has signed: of the ledger, and not of the backup, is something
 *     amiss
 * @param entries of the customers; absent if the backup is of a version that had none
 * @param orphans what is amiss in the live tables, which says nothing of the backup
 * @param versions of records and of their keys' rows; absent if there was no time to compare them
 * @param refused why the backup could not be restored at all; empty if it could
 */
record DrillReport(
    Instant at,
    String backup,
    long items,
    long restored,
    long counted,
    long opened,
    long failed,
    long resurrected,
    long erasedAgain,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) long invalid,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable DrilledEntries entries,
    Orphans orphans,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Versions versions,
    double seconds,
    String refused) {

  /** Whether a backup, on the day that it is needed, would do: all there, and keys that fit. */
  @JsonProperty
  boolean passed() {
    return refused.isEmpty()
        && items == restored + erasedAgain + invalid
        && counted == restored
        && failed == 0
        && (opened > 0 || restored == 0)
        && resurrected == 0
        && (entries == null || entries.passed());
  }

  /** How many old keys' rows were put back; 0 if there was no time to look. */
  long rolledBack() {
    return versions == null ? 0 : versions.rolledBack();
  }

  /** Where the report is, without its ending: by its name, too, it tells whether and when. */
  String key() {
    return "%s%014d-%s"
        .formatted(passed() ? Drills.PASSED : Drills.FAILED, at.toEpochMilli(), backup);
  }
}
