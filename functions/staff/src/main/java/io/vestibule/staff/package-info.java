/** The function behind the staff's door: it decides who of the staff sees what, and opens it. */
@NullMarked
package io.vestibule.staff;

import org.jspecify.annotations.NullMarked;
