/** What a target is told, and how: one class for each kind of target. */
@NullMarked
package io.vestibule.delivery.kind;

import org.jspecify.annotations.NullMarked;
