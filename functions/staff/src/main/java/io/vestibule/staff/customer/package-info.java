/** Opens all that is known of a customer, for a member of staff. */
@NullMarked
package io.vestibule.staff.customer;

import org.jspecify.annotations.NullMarked;
