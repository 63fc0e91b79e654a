package io.vestibule.deletion.behalf;

import io.vestibule.core.EmailAddress;
import io.vestibule.keys.KnownCustomer;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.keys.RecordOwner;
import io.vestibule.store.people.Identities;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the address at which somebody is known: by it everything else finds them. */
public final class WhoAsks {

  private final Identities identities;
  private final KnownCustomers customers;
  private final RecordOwner owner;

  public WhoAsks(Identities identities, KnownCustomers customers, RecordOwner owner) {
    this.identities = identities;
    this.customers = customers;
    this.owner = owner;
  }

  /**
   * Who asks.
   *
   * @param language in which they last agreed to something; empty if it is not known
   */
  record Asker(EmailAddress address, Optional<String> language) {}

  /**
   * Finds them.
   *
   * @return empty if the order names a customer who is not there, or whose address is not known
   * @throws IllegalStateException if what is stored of the customer cannot be read
   */
  Optional<Asker> find(AskOrder order) {
    return order
        .email()
        .map(it -> new Asker(it, Optional.empty()))
        .or(() -> order.customer().flatMap(this::ofCustomer));
  }

  private Optional<Asker> ofCustomer(String number) {
    KnownCustomers.@Nullable Unreadable unreadable = null;
    for (var index : identities.emailIndexesOf(number)) {
      try {
        var found = customers.find(index).flatMap(this::asker);
        if (found.isPresent()) {
          return found;
        }
      } catch (KnownCustomers.Unreadable e) {
        // Perhaps a row that somebody put there: the customer's own may be another one.
        unreadable = e;
      }
    }
    if (unreadable != null) {
      throw new IllegalStateException("what is stored of the customer cannot be read", unreadable);
    }
    return Optional.empty();
  }

  private Optional<Asker> asker(KnownCustomer customer) {
    return owner
        .addressOf(customer.identity(), customer.record())
        .map(
            address ->
                new Asker(
                    address,
                    customer.record().consents().stream()
                        .map(it -> it.language())
                        .reduce((_, last) -> last)));
  }
}
