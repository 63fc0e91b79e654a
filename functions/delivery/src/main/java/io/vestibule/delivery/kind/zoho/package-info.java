/** Zoho CRM. */
@NullMarked
package io.vestibule.delivery.kind.zoho;

import org.jspecify.annotations.NullMarked;
