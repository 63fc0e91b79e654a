package io.vestibule.deletion;

import io.vestibule.core.Counter;
import io.vestibule.core.forms.Retention;
import io.vestibule.keys.KnownCustomer;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.store.rows.RowsByEmail;
import java.time.Clock;
import java.util.List;

/** Whether a customer is to be kept no longer. */
final class RetentionCheck {

  private final Retention retention;
  private final KnownCustomers customers;
  private final List<RowsByEmail> rows;
  private final Clock clock;

  /**
   * Prepares it.
   *
   * @param rows what is handed in and asked for
   */
  RetentionCheck(
      Retention retention, KnownCustomers customers, List<RowsByEmail> rows, Clock clock) {
    this.retention = retention;
    this.customers = customers;
    this.rows = List.copyOf(rows);
    this.clock = clock;
  }

  /** Nobody can tell how long to keep what cannot be read: it is kept, and counted each day. */
  boolean isDue(String emailIndex) {
    try {
      return customers.find(emailIndex).filter(this::isDue).isPresent();
    } catch (KnownCustomers.Unreadable e) {
      Counter.CUSTOMER_UNREADABLE.increment();
      return false;
    }
  }

  /**
   * A customer who is just handing in or asking for something is not due, even if it is not
   * confirmed yet. Nor is one whose key is not bound yet: only the binding tells here that the key
   * is at its own address, and that no other row has it.
   */
  boolean isDue(KnownCustomer customer) {
    var now = clock.instant();
    return customer.identity().binding().isPresent()
        && customer.record().hold() == null
        && retention.isOver(customer.record(), now)
        && rows.stream().allMatch(it -> it.some(customer.identity().emailIndex(), 1).isEmpty());
  }
}
