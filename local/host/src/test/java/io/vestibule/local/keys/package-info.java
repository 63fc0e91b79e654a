/** What the keys bind, shown against a KMS that is as strict as AWS's. */
@NullMarked
package io.vestibule.local.keys;

import org.jspecify.annotations.NullMarked;
