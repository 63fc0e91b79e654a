/** Values and rules that every function shares: the half that opens nothing. */
@NullMarked
package io.vestibule.core;

import org.jspecify.annotations.NullMarked;
