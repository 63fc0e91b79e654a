package io.vestibule.keys;

import io.vestibule.store.people.Identities;
import java.util.Optional;

/** Finds customers by their number. */
public final class CustomersByNumber {

  private final Identities identities;
  private final KnownCustomers customers;

  public CustomersByNumber(Identities identities, KnownCustomers customers) {
    this.identities = identities;
    this.customers = customers;
  }

  /**
   * Whether a number is perhaps somebody's, by the index, which may lag. Nobody is opened for it.
   */
  public boolean mayBe(String customerId) {
    return !identities.emailIndexesOf(customerId).isEmpty();
  }

  /**
   * Opens one: one KMS request. More than one address has the number only if somebody else wrote a
   * row.
   *
   * @return empty if there is no such customer
   * @throws KnownCustomers.Unreadable if the customer cannot be read
   */
  public Optional<KnownCustomer> find(String customerId) throws KnownCustomers.Unreadable {
    for (String emailIndex : identities.emailIndexesOf(customerId)) {
      var customer = customers.find(emailIndex).filter(it -> it.customerId().equals(customerId));
      if (customer.isPresent()) {
        return customer;
      }
    }
    return Optional.empty();
  }
}
