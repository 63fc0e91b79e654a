package io.vestibule.upkeep.canary;

import io.vestibule.core.OperatorCode;

/**
 * Something that a person would have met.
 *
 * @param what in our own words
 */
record Trouble(OperatorCode code, String what) {}
