/** The whole system on one machine, for trying it and for testing it; never deployed. */
@NullMarked
package io.vestibule.local;

import org.jspecify.annotations.NullMarked;
