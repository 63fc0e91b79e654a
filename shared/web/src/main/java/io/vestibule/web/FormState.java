package io.vestibule.web;

import io.vestibule.core.forms.Entry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a form is shown with.
 *
 * @param entry what is known already: typed before, or ours to be sent back
 * @param isPrefilled whether the address filled something in that is to be looked at
 * @param at when it is shown
 * @param challenge what a script in the page is to solve, as JSON; absent if there is none
 */
public record FormState(Entry entry, boolean isPrefilled, Instant at, @Nullable String challenge) {

  /** Without a challenge. */
  public static FormState of(Entry entry, Instant at) {
    return new FormState(entry, false, at, null);
  }
}
