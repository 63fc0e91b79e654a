/** AWS as this machine sees it: the parts that answer in its place, and the door before them. */
@NullMarked
package io.vestibule.local.aws;

import org.jspecify.annotations.NullMarked;
