/** Who is kept no longer: customers and entries whose time is over. */
@NullMarked
package io.vestibule.deletion.retain;

import org.jspecify.annotations.NullMarked;
