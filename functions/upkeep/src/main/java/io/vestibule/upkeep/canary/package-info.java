/** Walks through the door every hour as a person would, so that an operator hears what they met. */
@NullMarked
package io.vestibule.upkeep.canary;

import org.jspecify.annotations.NullMarked;
