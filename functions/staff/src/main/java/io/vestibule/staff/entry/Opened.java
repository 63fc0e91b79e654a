package io.vestibule.staff.entry;

import io.vestibule.core.EntryId;
import io.vestibule.store.people.Standing;
import java.util.List;
import java.util.Optional;

/**
 * What came of the wish to see something.
 *
 * @param <T> what that is
 */
public sealed interface Opened<T> {

  /** It is open, as far as the role sees it. */
  record Shown<T>(T what) implements Opened<T> {}

  /** There is none, or none for this role, or it was erased meanwhile. */
  record Missing<T>() implements Opened<T> {}

  /** It cannot be read; the log says whose it is. */
  record Unreadable<T>() implements Opened<T> {}

  /** The person has looked today as often as anybody may. */
  record Enough<T>() implements Opened<T> {}

  /**
   * An entry.
   *
   * @param customer the number of whoever handed it in
   * @param form its name
   * @param standing how far staff are with it
   * @param address whom to reply to, if the role sees it
   * @param masked whether anything is masked
   */
  record Entry(
      EntryId id,
      String customer,
      String form,
      Standing standing,
      List<Value> values,
      List<Agreed> consents,
      Optional<String> address,
      String source,
      boolean masked) {}

  /** A value. */
  record Value(String field, String value) {}

  /** A consent that was given with it. */
  record Agreed(String name, String version) {}
}
