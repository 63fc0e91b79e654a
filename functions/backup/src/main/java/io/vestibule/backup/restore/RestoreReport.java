package io.vestibule.backup.restore;

import java.util.Optional;
import java.util.Set;

/**
 * What came of a restore, in all its runs.
 *
 * @param counts of customers, or of identities; of neither, any is over or of nobody
 * @param unnumbered identities that were kept out, as they name no customer: no row of ours does so
 * @param keptOut the numbers of those that are erased and in the backup; of identities, none is
 *     told
 * @param entries of the customers; empty if the backup is of a version that had none
 * @param wouldGo of a dry run: the numbers that are in the live tables, and would be taken out
 */
public record RestoreReport(
    RowCounts counts,
    long unnumbered,
    Set<String> keptOut,
    Optional<RowCounts> entries,
    Set<String> wouldGo) {}
