/** Keeps verified customers. */
@NullMarked
package io.vestibule.storage;

import org.jspecify.annotations.NullMarked;
