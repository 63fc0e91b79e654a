package io.vestibule.core.log;

/**
 * One more member of a line: an argument of a call, after those that its text names.
 *
 * @param value of our own words
 */
public record LogField(String name, String value) {}
