/** Mail of the local run: an SESv2 that keeps what it is given, and inboxes to read it in. */
@NullMarked
package io.vestibule.local.ses;

import org.jspecify.annotations.NullMarked;
