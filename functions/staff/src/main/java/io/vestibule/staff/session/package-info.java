/** Who is signed in. */
@NullMarked
package io.vestibule.staff.session;

import org.jspecify.annotations.NullMarked;
