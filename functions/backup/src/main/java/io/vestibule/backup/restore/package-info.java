/**
 * Restores a verified backup, into a new table or into the live one; nobody who was erased comes
 * back.
 */
@NullMarked
package io.vestibule.backup.restore;

import org.jspecify.annotations.NullMarked;
