package io.vestibule.bench;

import io.vestibule.local.packaged.PackagedFunction;
import java.util.function.Supplier;

/**
 * A function that is measured.
 *
 * @param events each one that it has not seen before
 */
record Subject(String name, PackagedFunction.Code code, Supplier<String> events) {}
