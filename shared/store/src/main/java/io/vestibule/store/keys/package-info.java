/** The tables of wrapped keys. */
@NullMarked
package io.vestibule.store.keys;

import org.jspecify.annotations.NullMarked;
