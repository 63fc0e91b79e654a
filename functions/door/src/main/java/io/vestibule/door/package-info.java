/** The staff's door: what the internet reaches of the pages for staff. It opens nothing. */
@NullMarked
package io.vestibule.door;

import org.jspecify.annotations.NullMarked;
