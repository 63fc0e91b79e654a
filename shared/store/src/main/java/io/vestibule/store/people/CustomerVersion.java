package io.vestibule.store.people;

import io.vestibule.store.people.Customers.CustomerRow;
import io.vestibule.store.people.Identities.Binding;
import io.vestibule.store.people.Identities.Identity;

/**
 * A version of a customer that is to be written: the record and what binds the key to it, in one
 * transaction.
 *
 * @param identity as it was read; of a new customer, as it is to be added
 * @param before the version of the customer's row as it was read; 0 of a new customer
 * @param binding of this version
 */
public record CustomerVersion(Identity identity, int before, CustomerRow row, Binding binding) {

  public boolean isNew() {
    return before == 0;
  }
}
