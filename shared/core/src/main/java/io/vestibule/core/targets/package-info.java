/** Who else is told of what comes in, as the files in {@code shared/targets} say it. */
@NullMarked
package io.vestibule.core.targets;

import org.jspecify.annotations.NullMarked;
