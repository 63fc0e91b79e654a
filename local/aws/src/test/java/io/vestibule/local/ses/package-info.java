/** Tests of the SES emulator, and of moto by the same expectations. */
@NullMarked
package io.vestibule.local.ses;

import org.jspecify.annotations.NullMarked;
