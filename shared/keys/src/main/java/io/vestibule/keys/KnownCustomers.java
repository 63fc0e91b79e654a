package io.vestibule.keys;

import io.vestibule.core.Counter;
import io.vestibule.core.CustomerRecord;
import io.vestibule.core.Decisions;
import io.vestibule.core.OperatorCode;
import io.vestibule.keys.KnownCustomer.Age;
import io.vestibule.store.Redacted;
import io.vestibule.store.people.CustomerRows;
import io.vestibule.store.people.CustomerRows.Found;
import io.vestibule.store.people.Customers.CustomerRow;
import io.vestibule.store.people.Identities.Identity;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds customers by their address, and opens what is held about them: one KMS request each. */
public final class KnownCustomers {

  private static final Logger LOG = LoggerFactory.getLogger(KnownCustomers.class);

  private static final String UNBOUND = "its key is not bound to anything";

  private final CustomerRows rows;
  private final CustomerKeys keys;
  private final IdentityBinding binding;
  private final Optional<RecordOwner> owner;

  /** For whom a customer's number led to the address, and who gives nothing of it to anybody. */
  public KnownCustomers(CustomerRows rows, CustomerKeys keys, IdentityBinding binding) {
    this(rows, keys, binding, Optional.empty());
  }

  /**
   * For whom an address leads to the customer.
   *
   * @param owner tells whether the customer is that of the address
   */
  public KnownCustomers(
      CustomerRows rows, CustomerKeys keys, IdentityBinding binding, RecordOwner owner) {
    this(rows, keys, binding, Optional.of(owner));
  }

  private KnownCustomers(
      CustomerRows rows, CustomerKeys keys, IdentityBinding binding, Optional<RecordOwner> owner) {
    this.rows = rows;
    this.keys = keys;
    this.binding = binding;
    this.owner = owner;
  }

  /**
   * The customer of an address; empty if it has none. If what is stored cannot be read, the log
   * names the customer and says why.
   *
   * @param emailIndex the keyed hash of the address
   * @throws Unreadable if what is stored cannot be read
   * @throws Forged if it is not the customer of this address, or not as we wrote it
   */
  public Optional<KnownCustomer> find(String emailIndex) throws Unreadable {
    try {
      var found = rows.find(emailIndex);
      return found.isEmpty() ? Optional.empty() : Optional.of(read(found.get()));
    } catch (CustomerRows.Malformed e) {
      var code = OperatorCode.CUSTOMER_UNREADABLE.entry();
      LOG.error("The rows of an address cannot be read", code, new Redacted(e));
      throw new Unreadable(e);
    }
  }

  private KnownCustomer read(Found found) throws Unreadable {
    var customerId = found.identity().customerId();
    try {
      var customer = open(found);
      tell(customer);
      return customer;
    } catch (Forged e) {
      var code = OperatorCode.IDENTITY_FORGED.entry();
      LOG.error("Customer {} is not as we wrote it: {}", customerId, e.reason, code);
      throw e;
    } catch (Unreadable e) {
      var code = OperatorCode.CUSTOMER_UNREADABLE.entry();
      LOG.error("Customer {} cannot be read", customerId, code, new Redacted(e));
      throw e;
    }
  }

  private static void tell(KnownCustomer customer) {
    switch (customer.age()) {
      case SAME -> {}
      case RESTORED -> {
        Counter.CUSTOMER_RESTORED.increment();
        var code = OperatorCode.CUSTOMER_RESTORED.entry();
        LOG.warn("The record of {} is older than its key's row", customer.customerId(), code);
      }
      case RECOVERED -> {
        Counter.CUSTOMER_RECOVERED.increment();
        var code = OperatorCode.CUSTOMER_RECOVERED.entry();
        LOG.warn("The key's row of {} is older than its record", customer.customerId(), code);
      }
    }
  }

  private KnownCustomer open(Found found) throws Unreadable {
    var identity = found.identity();
    if (identity.binding().filter(it -> !binding.holds(identity, it)).isPresent()) {
      throw new Forged("its key is not bound to this address");
    }
    if (identity.binding().isEmpty() && binding.isOfAll()) {
      throw new Forged(UNBOUND);
    }
    try {
      var cipher = keys.unwrap(identity.customerId(), identity.wrappedKey());
      // They are written together. If only the identity is left, the customer's row was lost, and
      // must come back from a backup: a new one in its place would keep the old one out.
      var row = found.row().orElseThrow(() -> new Unreadable("there is no record of the customer"));
      return open(identity, row, cipher);
    } catch (KeysetKey.CannotUnwrap | IOException e) {
      throw new Unreadable(e);
    }
  }

  private KnownCustomer open(Identity identity, CustomerRow row, CustomerCipher cipher)
      throws Unreadable, IOException {
    try {
      var record = CustomerRecord.parse(cipher.decrypt(row));
      if (identity.binding().isEmpty() && record.bound() != null) {
        throw new Forged(UNBOUND);
      }
      if (owner.isPresent() && !owner.get().isOf(identity, record)) {
        throw new Forged("it has another address");
      }
      return known(identity, row, cipher, record);
    } catch (GeneralSecurityException e) {
      throw new Forged("it does not open with its key");
    }
  }

  private KnownCustomer known(
      Identity identity, CustomerRow row, CustomerCipher cipher, CustomerRecord record)
      throws GeneralSecurityException, IOException {
    if (identity.binding().isEmpty()) {
      return new KnownCustomer(
          identity, row, cipher, record.withoutWithdrawn(), Decisions.none(), Age.SAME, binding);
    }
    var bound = identity.binding().get();
    var decisions = cipher.decrypt(bound);
    return new KnownCustomer(
        identity,
        row,
        cipher,
        record.with(decisions, bound.version() > row.version()),
        decisions,
        Age.of(row.version(), bound.version()),
        binding);
  }

  /** What is stored of the customer cannot be read, and no retry will change it. */
  public static sealed class Unreadable extends Exception {
    Unreadable(String why) {
      super(why);
    }

    /** The cause quotes what was decrypted; who lets this exception out must not let that out. */
    Unreadable(Exception cause) {
      super("what is stored of the customer cannot be read", new Redacted(cause));
    }
  }

  /** The customer is not that of the address by whose hash it was found, or not as we wrote it. */
  public static final class Forged extends Unreadable {

    /** In our own words. */
    private final String reason;

    Forged(String reason) {
      super(reason);
      this.reason = reason;
    }
  }
}
