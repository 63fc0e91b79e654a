package io.vestibule.staff.entry;

import io.vestibule.store.audit.StaffAudit.Person;
import io.vestibule.store.people.EntryState;
import io.vestibule.store.people.Standing;
import java.util.Optional;

/** A step in the life of an entry. */
public record Move(From from, To to) {

  /**
   * As whoever moves it saw it.
   *
   * @param whose empty if that makes no difference to them
   */
  public record From(EntryState state, Optional<Whose> whose) {

    /** Reads what {@link #code} writes; empty for anything else. */
    public static Optional<From> of(String code) {
      var parts = code.split("-", 2);
      var whose = parts.length == 1 ? Optional.<Whose>empty() : Whose.of(parts[1]);
      return EntryState.of(parts[0])
          .filter(it -> parts.length == 1 || (it == EntryState.TAKEN && whose.isPresent()))
          .map(it -> new From(it, whose));
    }

    /** As somebody sees it. */
    public static From of(Standing standing, String person) {
      return new From(
          standing.state(),
          Optional.of(standing)
              .filter(it -> it.state() == EntryState.TAKEN)
              .map(it -> Whose.of(it, person)));
    }

    /** The word that a page carries. */
    public String code() {
      return state.code() + whose.map(it -> "-" + it.code()).orElse("");
    }

    private boolean is(Standing standing, Person person) {
      return standing.state() == state
          && whose.filter(it -> it != Whose.of(standing, person.id())).isEmpty();
    }
  }

  /**
   * Where it goes.
   *
   * @param role to which it is passed on; empty if whoever takes it does it for themselves
   */
  public record To(EntryState state, Optional<String> role) {

    private static final String ROLE = "role-";

    /** Reads what {@link #code} writes; empty for anything else. */
    public static Optional<To> of(String code) {
      return code.startsWith(ROLE)
          ? Optional.of(new To(EntryState.TAKEN, Optional.of(code.substring(ROLE.length()))))
          : EntryState.of(code).map(it -> new To(it, Optional.empty()));
    }

    /** The word that a page carries, and the audit. */
    public String code() {
      return role.map(ROLE::concat).orElseGet(state::code);
    }

    private Standing from(Standing standing, Person person) {
      var holder = role.map(Standing::ofRole).orElseGet(person::id);
      return standing.moved(state, holder);
    }
  }

  /**
   * Where it stands after this.
   *
   * @return empty if it is not where it was seen, or stands there already
   */
  Optional<Standing> of(Standing now, Person person) {
    return Optional.of(to.from(now, person)).filter(it -> from.is(now, person) && !it.equals(now));
  }
}
