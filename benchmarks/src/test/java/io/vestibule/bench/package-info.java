/** How much of a machine the system takes, beside the least that anybody could take. */
@NullMarked
package io.vestibule.bench;

import org.jspecify.annotations.NullMarked;
