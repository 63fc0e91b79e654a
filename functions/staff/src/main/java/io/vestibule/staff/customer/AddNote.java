package io.vestibule.staff.customer;

import io.vestibule.core.Note;
import io.vestibule.core.Pause;
import io.vestibule.keys.CustomersByNumber;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.staff.entry.LookLimit;
import io.vestibule.store.audit.StaffAudit;
import io.vestibule.store.audit.StaffAudit.Person;
import io.vestibule.store.people.Notes;
import io.vestibule.store.people.Notes.Added;
import java.time.Clock;
import java.time.Duration;

/**
 * Writes down what a member of staff wants to remember of a customer, encrypted with the customer's
 * key. The audit says who before the key is unwrapped.
 */
public final class AddNote {

  /** Two at one customer in the same moment are likely; five times in a row is not. */
  private static final int ATTEMPTS = 5;

  private static final Duration BETWEEN = Duration.ofMillis(50);

  private final Notes notes;
  private final CustomersByNumber customers;
  private final LookLimit limit;
  private final StaffAudit audit;
  private final Clock clock;

  /** Adds to all notes, within the limit of what a person may have opened. */
  public AddNote(
      Notes notes, CustomersByNumber customers, LookLimit limit, StaffAudit audit, Clock clock) {
    this.notes = notes;
    this.customers = customers;
    this.limit = limit;
    this.audit = audit;
    this.clock = clock;
  }

  /** What came of the wish to add one. */
  public enum Outcome {
    /** It is there, or was before. */
    DONE,
    /** There is no such customer, or they are erased meanwhile. */
    MISSING,
    /** There are as many as a page has room for. Of two at once, both may be the last. */
    FULL,
    /** The person has had the keys of customers used today as often as anybody may. */
    ENOUGH
  }

  /**
   * Adds one.
   *
   * @param noteId of which there is one at most
   * @throws KnownCustomers.Unreadable if what is stored of the customer cannot be read
   * @throws IllegalStateException if others kept changing the customer
   */
  public Outcome run(String number, String noteId, Note note, Person person, String request)
      throws KnownCustomers.Unreadable {
    if (!customers.mayBe(number)) {
      return Outcome.MISSING;
    }
    var ids = notes.idsOf(number);
    if (ids.contains(noteId)) {
      return Outcome.DONE;
    }
    if (ids.size() >= Notes.MOST) {
      return Outcome.FULL;
    }
    return limit.isReached(person) ? Outcome.ENOUGH : add(number, noteId, note, person, request);
  }

  private Outcome add(String number, String noteId, Note note, Person person, String request)
      throws KnownCustomers.Unreadable {
    var now = clock.instant();
    audit.notes(person, number, request, now);
    var customer = customers.find(number);
    if (customer.isEmpty()) {
      return Outcome.MISSING;
    }
    var row = customer.get().cipher().encrypt(note, noteId, now);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var added = notes.add(customer.get().identity(), row);
      if (added != Added.CONFLICT) {
        return added == Added.DONE ? Outcome.DONE : Outcome.MISSING;
      }
      Pause.REAL.rest(BETWEEN);
    }
    throw new IllegalStateException("the customer was changed by others all the time");
  }
}
