@NullMarked
package io.vestibule.local.dynamodb;

import org.jspecify.annotations.NullMarked;
