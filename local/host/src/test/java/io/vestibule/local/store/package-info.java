/** The stores against the database that the local run uses. */
@NullMarked
package io.vestibule.local.store;

import org.jspecify.annotations.NullMarked;
