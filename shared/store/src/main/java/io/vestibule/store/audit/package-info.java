/** What was done with whose data, and when; never a value. */
@NullMarked
package io.vestibule.store.audit;

import org.jspecify.annotations.NullMarked;
