/** The one address of AWS on this machine: it enforces the caller's role, and logs each call. */
@NullMarked
package io.vestibule.local.gateway;

import org.jspecify.annotations.NullMarked;
