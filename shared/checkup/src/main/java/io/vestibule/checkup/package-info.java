/** Whether an installation is as it should be: for whoever runs it, on a page or in a terminal. */
@NullMarked
package io.vestibule.checkup;

import org.jspecify.annotations.NullMarked;
