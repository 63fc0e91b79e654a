package io.vestibule.staff.customer;

import io.vestibule.core.Note;
import io.vestibule.core.Pause;
import io.vestibule.keys.CustomersByNumber;
import io.vestibule.keys.KnownCustomers;
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
  private final StaffAudit audit;
  private final Clock clock;

  public AddNote(Notes notes, CustomersByNumber customers, StaffAudit audit, Clock clock) {
    this.notes = notes;
    this.customers = customers;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Adds one.
   *
   * @param noteId of which there is one at most
   * @return false if there is no such customer, or they are erased meanwhile
   * @throws KnownCustomers.Unreadable if what is stored of the customer cannot be read
   * @throws IllegalStateException if others kept changing the customer
   */
  public boolean run(String number, String noteId, Note note, Person person, String request)
      throws KnownCustomers.Unreadable {
    if (!customers.mayBe(number)) {
      return false;
    }
    var now = clock.instant();
    audit.notes(person, number, request, now);
    var customer = customers.find(number);
    if (customer.isEmpty()) {
      return false;
    }
    var row = customer.get().cipher().encrypt(note, noteId, now);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var added = notes.add(customer.get().identity(), row);
      if (added != Added.CONFLICT) {
        return added == Added.DONE;
      }
      Pause.REAL.rest(BETWEEN);
    }
    throw new IllegalStateException("the customer was changed by others all the time");
  }
}
