package io.vestibule.store.people;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How far staff are with an entry. */
public enum EntryState {
  /** Nobody has taken it up. */
  NEW,
  /** Somebody sees to it. */
  TAKEN,
  DONE;

  /** The word in the table. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads what {@link #code} writes; empty for anything else. */
  public static Optional<EntryState> of(String code) {
    return Arrays.stream(values()).filter(it -> it.code().equals(code)).findFirst();
  }
}
