/** Which part of the project may know which. */
@NullMarked
package io.vestibule.local.walls;

import org.jspecify.annotations.NullMarked;
