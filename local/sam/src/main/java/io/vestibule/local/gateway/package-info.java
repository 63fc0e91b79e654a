/** The one address of AWS on this machine: who asks for what, whether the role allows it, a log. */
@NullMarked
package io.vestibule.local.gateway;

import org.jspecify.annotations.NullMarked;
