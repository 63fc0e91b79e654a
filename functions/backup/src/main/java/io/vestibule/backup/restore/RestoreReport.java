package io.vestibule.backup.restore;

import java.util.Set;

/**
 * What came of a restore, in all its runs.
 *
 * @param restored were written and stayed
 * @param skipped were in the live table already
 * @param erased were kept out or taken out, because they were erased
 * @param keptOut the numbers of those that are erased and in the backup; of identities, none is
 *     told
 */
public record RestoreReport(long restored, long skipped, long erased, Set<String> keptOut) {}
