/** What the design relies on in the embedded servers, and what AWS would do the same. */
@NullMarked
package io.vestibule.local.embedded;

import org.jspecify.annotations.NullMarked;
