/** What we say to people, in each language that we speak. */
@NullMarked
package io.vestibule.core.wording;

import org.jspecify.annotations.NullMarked;
