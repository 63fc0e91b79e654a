package io.vestibule.backup.restore;

import io.vestibule.backup.CustomerId;
import io.vestibule.backup.Excluded;
import io.vestibule.backup.Fingerprints;
import io.vestibule.core.forms.Retention;
import io.vestibule.store.people.Entries;
import io.vestibule.store.people.Entries.Aged;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Which rows of a backup a restore writes. */
sealed interface Sieve {

  /** What becomes of a row. */
  enum Fate {
    WRITTEN,
    /** Not written: its customer was erased. */
    ERASED,
    /** Not written: an entry of the ledger names its customer that nobody of ours has signed. */
    INVALID,
    /** Not written: its own form keeps it no longer. */
    OVER,
    /** Not written: it is of nobody in the backup, or no row of ours. */
    UNOWNED;

    /** Whether nothing of its customer comes back. */
    boolean keepsCustomerOut() {
      return this == ERASED || this == INVALID;
    }
  }

  Fate fate(Map<String, AttributeValue> row);

  /** Customers are written unless they are kept out. */
  record OfCustomers(Excluded excluded) implements Sieve {

    @Override
    public Fate fate(Map<String, AttributeValue> row) {
      var number = CustomerId.of(row);
      if (excluded.erased().contains(number)) {
        return Fate.ERASED;
      }
      return excluded.invalid().contains(number) ? Fate.INVALID : Fate.WRITTEN;
    }
  }

  /**
   * Entries are written if their customer is.
   *
   * @param inBackup the numbers of all customers in it
   */
  record OfEntries(OfCustomers customers, Fingerprints inBackup, Retention retention, Instant now)
      implements Sieve {

    @Override
    public Fate fate(Map<String, AttributeValue> row) {
      var ofCustomer = customers.fate(row);
      if (ofCustomer != Fate.WRITTEN) {
        return ofCustomer;
      }
      return inBackup.has(CustomerId.of(row))
          ? Entries.aged(row).map(this::fate).orElse(Fate.UNOWNED)
          : Fate.UNOWNED;
    }

    private Fate fate(Aged entry) {
      return retention.isOver(entry.form(), entry.at(), now) ? Fate.OVER : Fate.WRITTEN;
    }
  }
}
