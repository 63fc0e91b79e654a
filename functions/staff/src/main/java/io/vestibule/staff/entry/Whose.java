package io.vestibule.staff.entry;

import io.vestibule.store.people.Standing;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Who sees to an entry that is taken, as whoever looks sees it. */
public enum Whose {
  /** They themselves. */
  ME,
  /** It was passed on to a role, of which nobody has taken it yet. */
  ROLE,
  /** A colleague, or nobody knows who. */
  OTHER;

  /** The word in the address of a page. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads what {@link #code} writes; empty for anything else. */
  public static Optional<Whose> of(String code) {
    return Arrays.stream(values()).filter(it -> it.code().equals(code)).findFirst();
  }

  /** Of what is taken. */
  static Whose of(Standing standing, String person) {
    if (standing.role().isPresent()) {
      return ROLE;
    }
    return standing.takenBy().filter(person::equals).isPresent() ? ME : OTHER;
  }
}
