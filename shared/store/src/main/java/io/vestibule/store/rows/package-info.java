/**
 * The rows of the tables {@code submissions} and {@code requests}, from the post to the tombstone.
 */
@NullMarked
package io.vestibule.store.rows;

import org.jspecify.annotations.NullMarked;
