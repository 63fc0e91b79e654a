package io.vestibule.deletion.retain;

import io.vestibule.core.Counter;
import io.vestibule.core.forms.Retention;
import io.vestibule.keys.KnownCustomer;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.store.rows.RowsByEmail;
import java.time.Clock;
import java.util.List;
import java.util.function.Predicate;

/** Whether a customer is to be kept no longer. */
public final class RetentionCheck {

  private final Retention retention;
  private final KnownCustomers customers;
  private final List<RowsByEmail> rows;
  private final Clock clock;

  /**
   * Prepares it.
   *
   * @param rows what is handed in and asked for
   */
  public RetentionCheck(
      Retention retention, KnownCustomers customers, List<RowsByEmail> rows, Clock clock) {
    this.retention = retention;
    this.customers = customers;
    this.rows = List.copyOf(rows);
    this.clock = clock;
  }

  public boolean isDue(String emailIndex) {
    return is(emailIndex, this::isDue);
  }

  /** Whether entries of a customer may go before the customer does: not under a legal hold. */
  public boolean mayLoseEntries(String emailIndex) {
    return is(emailIndex, RetentionCheck::isFree);
  }

  /** Nobody can tell how long to keep what cannot be read: it is kept, and counted each day. */
  private boolean is(String emailIndex, Predicate<KnownCustomer> condition) {
    try {
      return customers.find(emailIndex).filter(condition).isPresent();
    } catch (KnownCustomers.Unreadable e) {
      Counter.CUSTOMER_UNREADABLE.increment();
      return false;
    }
  }

  /**
   * A customer who is just handing in or asking for something is not due, even if it is not
   * confirmed yet.
   */
  public boolean isDue(KnownCustomer customer) {
    var now = clock.instant();
    return isFree(customer)
        && retention.isOver(customer.record(), now)
        && rows.stream().allMatch(it -> it.some(customer.identity().emailIndex(), 1).isEmpty());
  }

  /**
   * Whether nothing keeps the customer. One whose key is not bound yet is kept: only the binding
   * tells here that the key is at its own address, and that no other row has it.
   */
  private static boolean isFree(KnownCustomer customer) {
    return customer.identity().binding().isPresent() && customer.record().hold() == null;
  }
}
