package io.vestibule.staff.page;

import java.util.List;

/**
 * What was looked for, and found.
 *
 * @param typed empty if nothing was
 * @param said a sentence about it; empty if there is nothing to say
 */
public record SearchView(String typed, List<ListView.Row> rows, String said) {}
