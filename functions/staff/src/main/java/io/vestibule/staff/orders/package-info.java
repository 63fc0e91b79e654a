/** What staff have other functions do: the orders that the command line gives, too. */
@NullMarked
package io.vestibule.staff.orders;

import org.jspecify.annotations.NullMarked;
