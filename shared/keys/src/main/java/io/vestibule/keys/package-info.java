/**
 * The private half of the keys: what is wrapped under KMS is unwrapped here, and what was sealed is
 * opened. No function that faces the internet has this on its classpath.
 */
@NullMarked
package io.vestibule.keys;

import org.jspecify.annotations.NullMarked;
