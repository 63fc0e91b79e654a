/** What is told to whom: the outbox, who was told of whom, and the lanes in which it goes out. */
@NullMarked
package io.vestibule.store.delivery;

import org.jspecify.annotations.NullMarked;
