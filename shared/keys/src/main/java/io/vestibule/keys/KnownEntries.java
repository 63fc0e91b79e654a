package io.vestibule.keys;

import io.vestibule.core.CustomerRecord;
import io.vestibule.core.EntryRecord;
import io.vestibule.core.OperatorCode;
import io.vestibule.store.Redacted;
import io.vestibule.store.people.Entries;
import io.vestibule.store.people.Entries.EntryRow;
import io.vestibule.store.people.Identities;
import io.vestibule.store.people.Standing;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Opens what a customer handed in, each time by itself, with the customer's own key. */
public final class KnownEntries {

  private static final Logger LOG = LoggerFactory.getLogger(KnownEntries.class);

  private final Entries entries;
  private final Identities identities;

  public KnownEntries(Entries entries, Identities identities) {
    this.entries = entries;
    this.identities = identities;
  }

  /**
   * An entry in the clear.
   *
   * @param tags ids of what staff have marked it with
   */
  public record KnownEntry(EntryRow row, EntryRecord record, Set<String> tags) {}

  /** What is done with each. */
  public interface Reader {

    /** Takes an entry; false if no more is wanted. */
    boolean take(KnownEntry entry);
  }

  /**
   * Reads a customer's entries, the newest first. If one cannot be read, the log names the
   * customer.
   *
   * @return whether all of them were taken
   * @throws KnownCustomers.Unreadable if one cannot be read: what is told of the others would pass
   *     for everything
   */
  public boolean read(KnownCustomer customer, Reader reader) throws KnownCustomers.Unreadable {
    try (Stream<Map<String, AttributeValue>> items = entries.newestFirst(customer.customerId())) {
      for (var item : (Iterable<Map<String, AttributeValue>>) items::iterator) {
        if (!reader.take(open(customer, item))) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * Takes what hung on a consent out of a customer's entries, for good, as it is withdrawn. An
   * entry that cannot be read is passed over, and logged: nobody is told of it, and it keeps nobody
   * from withdrawing.
   *
   * @param withdrawn the customer's record with the withdrawal
   * @return false if somebody else changed an entry, or the customer, meanwhile: to be tried again
   */
  public boolean endWithdrawn(KnownCustomer customer, CustomerRecord withdrawn) {
    try (Stream<Map<String, AttributeValue>> items = entries.newestFirst(customer.customerId())) {
      return items.allMatch(item -> endWithdrawn(customer, withdrawn, item));
    }
  }

  private boolean endWithdrawn(
      KnownCustomer customer, CustomerRecord withdrawn, Map<String, AttributeValue> item) {
    try {
      var had = decrypt(customer, item);
      var row = had.row();
      var left = had.record().without(withdrawn, row.receivedAt());
      return left.equals(had.record())
          || entries.replace(
              row,
              customer
                  .cipher()
                  .encrypt(left, row.entryId(), row.form(), row.formVersion(), row.receivedAt()),
              identities.asRead(customer.identity()));
    } catch (KnownCustomers.Unreadable e) {
      return true;
    }
  }

  /**
   * Opens one entry. What hung on a consent that is withdrawn is not in it, even if a restore has
   * put back an entry that still had it.
   *
   * @param item as it is stored
   * @throws KnownCustomers.Unreadable if it cannot be read; the log names the customer
   */
  public static KnownEntry open(KnownCustomer customer, Map<String, AttributeValue> item)
      throws KnownCustomers.Unreadable {
    var entry = decrypt(customer, item);
    return new KnownEntry(
        entry.row(),
        entry.record().without(customer.record(), entry.row().receivedAt()),
        entry.tags());
  }

  private static KnownEntry decrypt(KnownCustomer customer, Map<String, AttributeValue> item)
      throws KnownCustomers.Unreadable {
    try {
      var row = Entries.row(item);
      return new KnownEntry(row, customer.cipher().decrypt(row), Standing.tags(item));
    } catch (GeneralSecurityException
        | IOException
        | IllegalStateException
        | IllegalArgumentException
        | DateTimeException e) {
      var code = OperatorCode.ENTRY_UNREADABLE.entry();
      var why = new Redacted(e);
      LOG.error("An entry of customer {} cannot be read", customer.customerId(), code, why);
      throw new KnownCustomers.Unreadable(e);
    }
  }
}
