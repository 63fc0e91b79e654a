/** Takes a backup: by a scan, or by DynamoDB's own export. */
@NullMarked
package io.vestibule.backup.take;

import org.jspecify.annotations.NullMarked;
