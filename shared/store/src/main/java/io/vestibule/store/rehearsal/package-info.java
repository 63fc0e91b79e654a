/** What a function does once before its snapshot is taken, so that nobody waits for it later. */
@NullMarked
package io.vestibule.store.rehearsal;

import org.jspecify.annotations.NullMarked;
