/** Tests of the Secrets Manager emulator. */
@NullMarked
package io.vestibule.local.secrets;

import org.jspecify.annotations.NullMarked;
