/** What a mailer reads and writes: claims, caps, budgets, suppressions and the breaker. */
@NullMarked
package io.vestibule.store.mail;

import org.jspecify.annotations.NullMarked;
