/** listmonk. */
@NullMarked
package io.vestibule.delivery.kind.listmonk;

import org.jspecify.annotations.NullMarked;
