/** Opens what somebody handed in, for a member of staff. */
@NullMarked
package io.vestibule.staff.entry;

import org.jspecify.annotations.NullMarked;
