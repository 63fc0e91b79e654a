/** The only way by which anything of ours leaves for a partner on the web. */
@NullMarked
package io.vestibule.delivery.egress;

import org.jspecify.annotations.NullMarked;
