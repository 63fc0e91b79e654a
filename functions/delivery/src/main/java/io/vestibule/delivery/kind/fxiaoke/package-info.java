/** 纷享销客 (Fxiaoke), a CRM. */
@NullMarked
package io.vestibule.delivery.kind.fxiaoke;

import org.jspecify.annotations.NullMarked;
