/** Makes what staff find entries by, where it is missing. */
@NullMarked
package io.vestibule.staff.lookups;

import org.jspecify.annotations.NullMarked;
