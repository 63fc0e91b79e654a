/** Partners on this machine: as strict as their papers say that the real ones are. */
@NullMarked
package io.vestibule.local.partners;

import org.jspecify.annotations.NullMarked;
