/** DynamoDB as all tables use it: clients, values, conditional changes, streams. */
@NullMarked
package io.vestibule.store;

import org.jspecify.annotations.NullMarked;
