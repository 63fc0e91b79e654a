package io.vestibule.web;

import io.vestibule.core.forms.Entry;
import org.jspecify.annotations.Nullable;

/**
 * What a form is shown with.
 *
 * @param entry what is known already: typed before, or ours to be sent back
 * @param challenge what a script in the page is to solve, as JSON; absent if there is none
 */
public record FormState(Entry entry, @Nullable String challenge) {

  /** Without a challenge. */
  public static FormState of(Entry entry) {
    return new FormState(entry, null);
  }
}
