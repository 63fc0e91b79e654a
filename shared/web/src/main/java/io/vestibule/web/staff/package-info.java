/** What the staff's door and the function behind it say to each other. */
@NullMarked
package io.vestibule.web.staff;

import org.jspecify.annotations.NullMarked;
