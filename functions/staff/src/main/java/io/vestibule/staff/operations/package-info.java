/** What whoever runs the installation sees of it, and orders: no content, and nobody is opened. */
@NullMarked
package io.vestibule.staff.operations;

import org.jspecify.annotations.NullMarked;
