/**
 * Identity and access management as AWS does it: what a request needs, and whether a role has it.
 */
@NullMarked
package io.vestibule.local.iam;

import org.jspecify.annotations.NullMarked;
