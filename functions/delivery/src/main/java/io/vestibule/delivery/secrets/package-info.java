/** The secrets of targets, from AWS Secrets Manager. */
@NullMarked
package io.vestibule.delivery.secrets;

import org.jspecify.annotations.NullMarked;
