package io.vestibule.staff.customer;

import io.vestibule.keys.KnownCustomer;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.keys.KnownNotes;
import io.vestibule.store.audit.StaffLooks;
import io.vestibule.store.audit.StaffLooks.Look;
import io.vestibule.store.people.Recipients;
import io.vestibule.store.people.Recipients.Recipient;
import java.util.List;

/** What others had to do with a customer. */
public final class Dealings {

  private static final int MOST_LOOKS = 100;

  private final Recipients recipients;
  private final StaffLooks looks;
  private final KnownNotes notes;

  public Dealings(Recipients recipients, StaffLooks looks, KnownNotes notes) {
    this.recipients = recipients;
    this.looks = looks;
    this.notes = notes;
  }

  /**
   * What there was.
   *
   * @param told who was told of them
   * @param looks who looked, the newest first
   * @param notes what was written down
   */
  record Found(List<Recipient> told, List<Look> looks, KnownNotes.Newest notes) {}

  Found with(KnownCustomer customer) throws KnownCustomers.Unreadable {
    var number = customer.customerId();
    return new Found(
        recipients.of(number), looks.of(number).limit(MOST_LOOKS).toList(), notes.of(customer));
  }
}
