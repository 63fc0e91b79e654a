/** What AWS's DynamoDB has and DynamoDB Local has not, as far as the template needs it. */
@NullMarked
package io.vestibule.local.dynamodb;

import org.jspecify.annotations.NullMarked;
