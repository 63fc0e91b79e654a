/** What CRMs have in common: whose a record is, and an access token that all environments share. */
@NullMarked
package io.vestibule.delivery.kind.crm;

import org.jspecify.annotations.NullMarked;
