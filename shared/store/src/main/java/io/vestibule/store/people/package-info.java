/**
 * Customers: their records, the identities that lead to them, and what remains when one is erased.
 */
@NullMarked
package io.vestibule.store.people;

import org.jspecify.annotations.NullMarked;
