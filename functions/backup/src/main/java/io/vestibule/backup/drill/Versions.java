package io.vestibule.backup.drill;

/**
 * How versions of records differ from those of their keys' rows.
 *
 * @param restored in use: records that are older than their keys' rows. A restore makes such ones;
 *     so does whoever puts an old record back
 * @param recovered in use: records that are newer than their keys' rows. A recovery of identities
 *     makes such ones, and a roll-back; so does whoever puts an old row back
 * @param rolledBack in the backup: records that are newer than the keys' rows in use. If both
 *     tables in use were rolled back together, nothing else tells
 */
record Versions(long restored, long recovered, long rolledBack) {}
