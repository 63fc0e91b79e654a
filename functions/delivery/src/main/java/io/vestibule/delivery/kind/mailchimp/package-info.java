/** Mailchimp. */
@NullMarked
package io.vestibule.delivery.kind.mailchimp;

import org.jspecify.annotations.NullMarked;
