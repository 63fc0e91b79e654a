/** By what an entry is found, and what a list may show of it. */
@NullMarked
package io.vestibule.keys.lookup;

import org.jspecify.annotations.NullMarked;
