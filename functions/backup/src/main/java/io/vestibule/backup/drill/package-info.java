/** Proves the newest backup by restoring it into a scratch table and opening samples. */
@NullMarked
package io.vestibule.backup.drill;

import org.jspecify.annotations.NullMarked;
