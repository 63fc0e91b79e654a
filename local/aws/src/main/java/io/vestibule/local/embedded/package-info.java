/** Servers that others wrote, run inside this process: in memory, on loopback, quiet. */
@NullMarked
package io.vestibule.local.embedded;

import org.jspecify.annotations.NullMarked;
