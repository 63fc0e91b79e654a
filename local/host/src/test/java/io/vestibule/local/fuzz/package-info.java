/** What strangers send, as a fuzzer invents it. */
@NullMarked
package io.vestibule.local.fuzz;

import org.jspecify.annotations.NullMarked;
