/** The deployment template, read and carried out on this machine. */
@NullMarked
package io.vestibule.local.template;

import org.jspecify.annotations.NullMarked;
