/** Lambda, API Gateway and the schedules as one process: what a deployed template runs on here. */
@NullMarked
package io.vestibule.local.host;

import org.jspecify.annotations.NullMarked;
