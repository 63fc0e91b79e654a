/** Secrets of the local run: a Secrets Manager that tells what its operator put in. */
@NullMarked
package io.vestibule.local.secrets;

import org.jspecify.annotations.NullMarked;
