/** Alarms of the local run: a CloudWatch that evaluates none, and says so. */
@NullMarked
package io.vestibule.local.cloudwatch;

import org.jspecify.annotations.NullMarked;
