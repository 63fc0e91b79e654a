/** How a customer is erased: the key first, then everything that the key does not end. */
@NullMarked
package io.vestibule.deletion.erase;

import org.jspecify.annotations.NullMarked;
