package io.vestibule.staff.customer;

import io.vestibule.core.Counter;
import io.vestibule.core.forms.Forms;
import io.vestibule.keys.CustomersByNumber;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.staff.entry.LookLimit;
import io.vestibule.staff.entry.OpenEntry.Wish;
import io.vestibule.staff.entry.Opened;
import io.vestibule.store.audit.StaffAudit;
import io.vestibule.store.people.Entries;
import io.vestibule.store.people.Entries.Summary;
import java.time.Clock;
import java.util.List;

/**
 * Opens all that is known of a customer for a member of staff. The audit says who, in which role,
 * what and why, before the customer's key is unwrapped: a death between the two leaves a row too
 * many, and never one too few.
 */
public final class OpenCustomer {

  /** Anybody can hand in thousands, and confirm them. */
  private static final int MOST_ENTRIES = 200;

  private final Forms forms;
  private final Entries entries;
  private final CustomersByNumber customers;
  private final Dealings dealings;
  private final LookLimit limit;
  private final StaffAudit audit;
  private final Clock clock;

  public OpenCustomer(
      Forms forms,
      Entries entries,
      CustomersByNumber customers,
      Dealings dealings,
      LookLimit limit,
      StaffAudit audit,
      Clock clock) {
    this.forms = forms;
    this.entries = entries;
    this.customers = customers;
    this.dealings = dealings;
    this.limit = limit;
    this.audit = audit;
    this.clock = clock;
  }

  /** Opens it. Who sees none of its entries does not learn that it is there. */
  public Opened<SeenCustomer> run(String number, Wish wish) {
    var role = wish.acting().role();
    var found = entries.ofCustomer(number, MOST_ENTRIES);
    var seen = found.stream().filter(it -> role.sees(it.form())).toList();
    if (seen.isEmpty() && !(role.seesAll() && customers.mayBe(number))) {
      return new Opened.Missing<>();
    }
    return limit.isReached(wish.person())
        ? new Opened.Enough<>()
        : open(number, seen, found.size() == MOST_ENTRIES, wish);
  }

  private Opened<SeenCustomer> open(String number, List<Summary> seen, boolean areMore, Wish wish) {
    var masks = new MasksByForm(forms, seen, wish);
    audit.opens(
        wish.person(), number, masks.shown(), wish.reason(), wish.request(), clock.instant());
    try {
      var customer = customers.find(number);
      if (customer.isEmpty()) {
        return new Opened.Missing<>();
      }
      var view = new RoleView(forms, masks, wish);
      var shown = view.of(customer.get(), seen, areMore, dealings.with(customer.get()));
      Counter.STAFF_OPENED.increment();
      return new Opened.Shown<>(shown);
    } catch (KnownCustomers.Unreadable e) {
      return new Opened.Unreadable<>(); // The log has said whose.
    }
  }
}
