package io.vestibule.keys;

import io.vestibule.core.CustomerRecord;
import io.vestibule.core.Decisions;
import io.vestibule.core.EmailAddress;
import io.vestibule.store.people.CustomerVersion;
import io.vestibule.store.people.Customers.CustomerRow;
import io.vestibule.store.people.Identities.Binding;
import io.vestibule.store.people.Identities.Identity;
import java.time.Instant;

/**
 * A customer as the tables have it now, in the clear.
 *
 * @param record with the decisions that are kept beside the key
 * @param decisions as they are kept there
 * @param age whether one of the two rows is older than the other
 */
public record KnownCustomer(
    Identity identity,
    CustomerRow row,
    CustomerCipher cipher,
    CustomerRecord record,
    Decisions decisions,
    Age age,
    IdentityBinding binding) {

  /** Whether both rows were written together. */
  public enum Age {
    SAME,
    /** The customer's row is the older one: a restore, or somebody, has put it back. */
    RESTORED,
    /** The key's row is the older one; or a version of before the binding has written the other. */
    RECOVERED;

    static Age of(int row, int identity) {
      return row == identity ? SAME : row < identity ? RESTORED : RECOVERED;
    }
  }

  public String customerId() {
    return identity.customerId();
  }

  /** What binds the key to the record as it is. */
  public Binding bound() {
    return binding.of(
        identity, row.version(), cipher.encrypt(decisions.next(record), row.version()));
  }

  /** The next version, with another record. */
  public CustomerVersion next(CustomerRecord changed) {
    return next(changed.bind(), row.verifiedAt());
  }

  /** The next version, with a record that its customer has just confirmed by the address. */
  public CustomerVersion next(CustomerRecord changed, EmailAddress address, Instant verifiedAt) {
    return next(changed.bind(address), verifiedAt);
  }

  /** Newer than both rows: what was put back stays older for ever. */
  private CustomerVersion next(CustomerRecord changed, Instant verifiedAt) {
    int newest = Math.max(row.version(), identity.binding().map(it -> it.version()).orElse(0));
    return binding.version(
        identity,
        row.version(),
        cipher.encrypt(changed.toJson(), newest + 1, row.createdAt(), verifiedAt),
        cipher.encrypt(decisions.next(changed), newest + 1));
  }
}
