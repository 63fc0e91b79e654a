/** Tests of the KMS emulator, and of moto by the same expectations. */
@NullMarked
package io.vestibule.local.kms;

import org.jspecify.annotations.NullMarked;
