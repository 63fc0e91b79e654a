/** The pass that binds the keys of customers to their own rows. */
@NullMarked
package io.vestibule.deletion.bind;

import org.jspecify.annotations.NullMarked;
