/** Answers people who ask for their data: to have it erased, to see it, to take a consent back. */
@NullMarked
package io.vestibule.deletion;

import org.jspecify.annotations.NullMarked;
