/** A KMS of this process's own, as strict as AWS about contexts, key states and key use. */
@NullMarked
package io.vestibule.local.kms;

import org.jspecify.annotations.NullMarked;
