/** The pages for staff. */
@NullMarked
package io.vestibule.staff.page;

import org.jspecify.annotations.NullMarked;
