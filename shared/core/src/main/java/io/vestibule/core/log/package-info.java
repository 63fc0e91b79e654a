/** What functions log: lines of JSON, written by SLF4J's callers. */
@NullMarked
package io.vestibule.core.log;

import org.jspecify.annotations.NullMarked;
