/** The whole system, from outside: what people do with it, and what attackers would. */
@NullMarked
package io.vestibule.local.journey;

import org.jspecify.annotations.NullMarked;
