/** Takes submissions in: checks, seals, one write. Can open nothing, and read no submission. */
@NullMarked
package io.vestibule.intake;

import org.jspecify.annotations.NullMarked;
