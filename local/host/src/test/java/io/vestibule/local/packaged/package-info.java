/** Functions as they are packaged, each in a process of its own, as Lambda runs them. */
@NullMarked
package io.vestibule.local.packaged;

import org.jspecify.annotations.NullMarked;
