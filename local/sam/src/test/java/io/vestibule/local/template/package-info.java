/** The template read, resolved and deployed: by small examples, and the real one. */
@NullMarked
package io.vestibule.local.template;

import org.jspecify.annotations.NullMarked;
