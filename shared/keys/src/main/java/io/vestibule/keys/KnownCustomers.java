package io.vestibule.keys;

import io.vestibule.core.CustomerRecord;
import io.vestibule.core.OperatorCode;
import io.vestibule.store.Redacted;
import io.vestibule.store.people.Customers;
import io.vestibule.store.people.Customers.CustomerRow;
import io.vestibule.store.people.Identities;
import io.vestibule.store.people.Identities.Identity;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds customers by their address, and opens what is held about them: one KMS request each. */
public final class KnownCustomers {

  private static final Logger LOG = LoggerFactory.getLogger(KnownCustomers.class);

  private final Identities identities;
  private final Customers customers;
  private final CustomerKeys keys;
  private final Optional<RecordOwner> owner;

  /** For whom a customer's number led to the address, and who gives nothing of it to anybody. */
  public KnownCustomers(Identities identities, Customers customers, CustomerKeys keys) {
    this(identities, customers, keys, Optional.empty());
  }

  /**
   * For whom an address leads to the customer.
   *
   * @param owner tells whether the customer is that of the address
   */
  public KnownCustomers(
      Identities identities, Customers customers, CustomerKeys keys, RecordOwner owner) {
    this(identities, customers, keys, Optional.of(owner));
  }

  private KnownCustomers(
      Identities identities, Customers customers, CustomerKeys keys, Optional<RecordOwner> owner) {
    this.identities = identities;
    this.customers = customers;
    this.keys = keys;
    this.owner = owner;
  }

  /** A customer as the tables have it now, in the clear. */
  public record KnownCustomer(
      Identity identity, CustomerRow row, CustomerCipher cipher, CustomerRecord record) {

    public String customerId() {
      return identity.customerId();
    }

    /** The next version of the row, with another record. */
    public CustomerRow next(CustomerRecord changed) {
      return cipher.encrypt(changed.toJson(), row.version() + 1, row.createdAt(), row.verifiedAt());
    }
  }

  /**
   * The customer of an address; empty if it has none. If what is stored cannot be read, the log
   * names the customer and says why.
   *
   * @param emailIndex the keyed hash of the address
   * @throws Unreadable if what is stored cannot be read
   * @throws Forged if it is not the customer of this address
   */
  public Optional<KnownCustomer> find(String emailIndex) throws Unreadable {
    var identity = identities.find(emailIndex);
    return identity.isEmpty() ? Optional.empty() : Optional.of(read(identity.get()));
  }

  private KnownCustomer read(Identity identity) throws Unreadable {
    try {
      return open(identity);
    } catch (Forged e) {
      var code = OperatorCode.IDENTITY_FORGED.entry();
      LOG.error(
          "An identity leads to customer {}, who has another address", identity.customerId(), code);
      throw e;
    } catch (Unreadable e) {
      var code = OperatorCode.CUSTOMER_UNREADABLE.entry();
      LOG.error("Customer {} cannot be read", identity.customerId(), code, new Redacted(e));
      throw e;
    }
  }

  private KnownCustomer open(Identity identity) throws Unreadable {
    try {
      var cipher = keys.unwrap(identity.customerId(), identity.wrappedKey());
      // They are written together. If only the identity is left, the customer's row was lost, and
      // must come back from a backup: a new one in its place would keep the old one out.
      var row =
          customers
              .find(identity.customerId())
              .orElseThrow(() -> new Unreadable("there is no record of the customer"));
      var record = CustomerRecord.parse(cipher.decrypt(row));
      if (owner.isPresent() && !owner.get().isOf(identity.emailIndex(), record)) {
        throw new Forged();
      }
      return new KnownCustomer(identity, row, cipher, record);
    } catch (KeysetKey.CannotUnwrap | GeneralSecurityException | IOException e) {
      throw new Unreadable(e);
    }
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

  /** The customer has another address than the one by whose hash it was found. */
  public static final class Forged extends Unreadable {
    Forged() {
      super("the customer has another address");
    }
  }
}
