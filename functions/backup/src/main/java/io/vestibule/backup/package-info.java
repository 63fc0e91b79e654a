/** Backups of the customers table to S3, restores of them, and drills that prove both. */
@NullMarked
package io.vestibule.backup;

import org.jspecify.annotations.NullMarked;
