package io.vestibule.store.people;

import io.vestibule.core.EntryId;

/**
 * From a time until another, both included. Ids of entries compare as text, and all have one
 * length.
 */
public record Span(String from, String to) {

  /** Of all times. */
  public static final Span ALL = new Span("0", "~");

  /** Whether there is no time in it: there is no query of such a one. */
  public boolean isEmpty() {
    return from.compareTo(to) > 0;
  }

  /** Without an entry, and all that came after it: until just before its id. */
  public Span before(EntryId id) {
    int last = id.value().length() - 1;
    return new Span(
        from, id.value().substring(0, last) + (char) (id.value().charAt(last) - 1) + "~");
  }
}
