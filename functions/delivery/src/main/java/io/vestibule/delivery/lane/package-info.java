/** Lanes: what each target is told, when, and what follows from what it answers. */
@NullMarked
package io.vestibule.delivery.lane;

import org.jspecify.annotations.NullMarked;
