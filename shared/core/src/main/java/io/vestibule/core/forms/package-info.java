/** Form definitions, and the rules that what people enter must keep. */
@NullMarked
package io.vestibule.core.forms;

import org.jspecify.annotations.NullMarked;
