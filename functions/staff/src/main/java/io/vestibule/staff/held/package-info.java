/** What is held, as staff see it and decide about it. */
@NullMarked
package io.vestibule.staff.held;

import org.jspecify.annotations.NullMarked;
