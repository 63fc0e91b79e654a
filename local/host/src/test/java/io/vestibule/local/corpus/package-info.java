/**
 * Input of our own making, in the manner of what public collections have of names, addresses,
 * phones, texts and bodies, and of what bots post. Each sample says what must come of it, by the
 * documented rules and not by the code that applies them.
 */
@NullMarked
package io.vestibule.local.corpus;

import org.jspecify.annotations.NullMarked;
