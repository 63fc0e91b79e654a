/** Handlers that the project's own are compared with. Nothing of them is deployed. */
@NullMarked
package io.vestibule.bench.handlers;

import org.jspecify.annotations.NullMarked;
