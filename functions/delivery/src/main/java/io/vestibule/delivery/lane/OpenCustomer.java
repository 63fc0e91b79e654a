package io.vestibule.delivery.lane;

import io.vestibule.keys.CustomersByNumber;
import io.vestibule.keys.KnownCustomer;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.store.audit.AuditLog;
import io.vestibule.store.delivery.Delivery;
import io.vestibule.store.people.ErasedNumbers;
import io.vestibule.store.people.Recipients;
import java.time.Clock;
import java.util.Optional;

/** Opens a customer of whom a target is to be told, and writes down before for whom. */
public final class OpenCustomer {

  private final AuditLog audit;
  private final CustomersByNumber customers;
  private final ErasedNumbers erased;
  private final Clock clock;

  public OpenCustomer(
      AuditLog audit, CustomersByNumber customers, ErasedNumbers erased, Clock clock) {
    this.audit = audit;
    this.customers = customers;
    this.erased = erased;
    this.clock = clock;
  }

  /**
   * Opens one.
   *
   * @return empty if there is no such customer
   * @throws KnownCustomers.Unreadable if the customer cannot be read
   */
  Optional<KnownCustomer> open(Delivery delivery) throws KnownCustomers.Unreadable {
    audit.openedFor(
        delivery.target(),
        delivery.customerId(),
        delivery.news().id(),
        delivery.attempts() + 1,
        clock.instant());
    return customers.find(delivery.customerId());
  }

  /**
   * What follows if there is none. That the key is not found proves nothing: it may be lost, and
   * come back by a recovery.
   */
  Outcome missing(String customerId) {
    return erased.find(customerId).isPresent()
        ? Outcome.dropped(Recipients.ERASED)
        : Outcome.ours("customer-not-found");
  }
}
