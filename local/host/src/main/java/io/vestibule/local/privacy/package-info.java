/** The data map of {@code docs/privacy.md}, made from the template and the forms. */
@NullMarked
package io.vestibule.local.privacy;

import org.jspecify.annotations.NullMarked;
