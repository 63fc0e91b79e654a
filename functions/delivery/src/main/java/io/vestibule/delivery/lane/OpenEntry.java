package io.vestibule.delivery.lane;

import io.vestibule.core.EntryId;
import io.vestibule.keys.KnownCustomer;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.keys.KnownEntries;
import io.vestibule.store.audit.AuditLog;
import io.vestibule.store.delivery.Delivery;
import io.vestibule.store.people.Identities;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Opens an entry, and writes down before for whom. */
public final class OpenEntry {

  private final AuditLog audit;
  private final Identities identities;
  private final KnownCustomers customers;
  private final Clock clock;

  public OpenEntry(AuditLog audit, Identities identities, KnownCustomers customers, Clock clock) {
    this.audit = audit;
    this.identities = identities;
    this.customers = customers;
    this.clock = clock;
  }

  /** In the clear. */
  record Opened(KnownCustomer customer, KnownEntries.KnownEntry entry) {}

  /**
   * Opens it.
   *
   * @param item the entry as it is stored
   * @return empty if there is no such customer
   * @throws KnownCustomers.Unreadable if the customer, or the entry, cannot be read
   */
  Optional<Opened> open(Delivery delivery, EntryId entryId, Map<String, AttributeValue> item)
      throws KnownCustomers.Unreadable {
    audit.openedFor(
        delivery.target(),
        delivery.customerId(),
        entryId.value(),
        delivery.attempts() + 1,
        clock.instant());
    for (String emailIndex : identities.emailIndexesOf(delivery.customerId())) {
      var customer = customers.find(emailIndex);
      if (customer.filter(it -> it.customerId().equals(delivery.customerId())).isPresent()) {
        return Optional.of(new Opened(customer.get(), KnownEntries.open(customer.get(), item)));
      }
    }
    return Optional.empty();
  }
}
