/** Shows the button and takes the press. Compares hashes, passes a proof on, decides nothing. */
@NullMarked
package io.vestibule.verification;

import org.jspecify.annotations.NullMarked;
