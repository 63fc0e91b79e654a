/** Tells whoever runs an installation what is wrong with it, and what to do. */
@NullMarked
package io.vestibule.local.doctor;

import org.jspecify.annotations.NullMarked;
