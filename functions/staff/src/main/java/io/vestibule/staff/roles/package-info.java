/** What each role sees and may do. */
@NullMarked
package io.vestibule.staff.roles;

import org.jspecify.annotations.NullMarked;
