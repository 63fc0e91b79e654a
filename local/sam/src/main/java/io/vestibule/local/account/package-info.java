/** An AWS account on this machine, with a template deployed into it. */
@NullMarked
package io.vestibule.local.account;

import org.jspecify.annotations.NullMarked;
