/** The tables: for each its attributes, conditions and transactions, in one place. */
@NullMarked
package io.vestibule.store;

import org.jspecify.annotations.NullMarked;
