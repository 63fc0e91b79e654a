package io.vestibule.storage;

import io.vestibule.keys.CustomerKeys;
import io.vestibule.keys.IdentityBinding;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.store.people.Identities.Identity;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** Finds the customer of an address, or makes a new number and a new key: one KMS request. */
final class Holders {

  private static final int CUSTOMER_ID_BYTES = 16;

  private final KnownCustomers customers;
  private final CustomerKeys customerKeys;
  private final IdentityBinding binding;
  private final SecureRandom random;

  Holders(
      KnownCustomers customers,
      CustomerKeys customerKeys,
      IdentityBinding binding,
      SecureRandom random) {
    this.customers = customers;
    this.customerKeys = customerKeys;
    this.binding = binding;
    this.random = random;
  }

  Holder of(String emailIndex) throws KnownCustomers.Unreadable {
    var found = customers.find(emailIndex);
    if (found.isPresent()) {
      return new Holder.Known(found.get());
    }
    var customerId = newCustomerId();
    var key = customerKeys.create(customerId);
    var identity = new Identity(emailIndex, customerId, key.wrapped(), Optional.empty());
    return new Holder.New(identity, key.cipher(), binding);
  }

  private String newCustomerId() {
    var bytes = new byte[CUSTOMER_ID_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
