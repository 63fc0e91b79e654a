/** Requests that a member of staff enters for somebody who did not ask by the form. */
@NullMarked
package io.vestibule.deletion.behalf;

import org.jspecify.annotations.NullMarked;
