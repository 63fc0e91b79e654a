package io.vestibule.backup.restore;

import java.util.Set;

/**
 * What came of a restore, in all its runs.
 *
 * @param restored were written and stayed
 * @param skipped were in the live table already
 * @param erased were kept out or taken out, because they were erased
 * @param invalid were kept out, as an entry of the ledger names them that nobody of ours has signed
 * @param unnumbered were kept out, as they name no customer: no row of ours does so
 * @param keptOut the numbers of those that are erased and in the backup; of identities, none is
 *     told
 * @param wouldGo of a dry run: the numbers that are in the live table, and would be taken out
 */
public record RestoreReport(
    long restored,
    long skipped,
    long erased,
    long invalid,
    long unnumbered,
    Set<String> keptOut,
    Set<String> wouldGo) {}
