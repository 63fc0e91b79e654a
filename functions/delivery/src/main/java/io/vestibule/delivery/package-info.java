/** Tells partners and staff what came in, and later what became of it. */
@NullMarked
package io.vestibule.delivery;

import org.jspecify.annotations.NullMarked;
