package io.vestibule.storage;

import io.vestibule.core.CustomerRecord;
import io.vestibule.keys.CustomerCipher;
import io.vestibule.store.people.Customers.CustomerRow;
import io.vestibule.store.people.Identities.Identity;
import java.time.Instant;
import java.util.Optional;

/**
 * The customer to be changed, as the tables have it now.
 *
 * @param row empty for one that is not there yet
 */
record Holder(
    Identity identity, CustomerCipher cipher, Optional<CustomerRow> row, CustomerRecord record) {

  boolean isNew() {
    return row.isEmpty();
  }

  /** The customer with one more submission. */
  CustomerRecord with(Confirmed confirmed) {
    var opened = confirmed.opened();
    return record.with(opened.content(), confirmed.press().consents(), opened.form());
  }

  /** The row's next version. */
  CustomerRow next(byte[] record, Confirmed confirmed, Instant now) {
    return cipher.encrypt(
        record,
        row.map(CustomerRow::version).orElse(0) + 1,
        row.map(CustomerRow::createdAt).orElse(now),
        confirmed.verifiedAt(row.map(CustomerRow::verifiedAt), now));
  }
}
