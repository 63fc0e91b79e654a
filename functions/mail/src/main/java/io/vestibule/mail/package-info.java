/** The only function that sends mail, and what it sends. */
@NullMarked
package io.vestibule.mail;

import org.jspecify.annotations.NullMarked;
