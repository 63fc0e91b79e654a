/** Keeps verified customers, and the keys that everything is sealed with. */
@NullMarked
package io.vestibule.storage;

import org.jspecify.annotations.NullMarked;
