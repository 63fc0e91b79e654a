@NullMarked
package io.vestibule.local.privacy;

import org.jspecify.annotations.NullMarked;
