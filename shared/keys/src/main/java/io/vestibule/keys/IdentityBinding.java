package io.vestibule.keys;

import io.vestibule.core.CustomerRecord;
import io.vestibule.core.Decisions;
import io.vestibule.core.EmailAddress;
import io.vestibule.core.Sha256;
import io.vestibule.store.keys.BindingPass;
import io.vestibule.store.keys.SystemKeys;
import io.vestibule.store.people.CustomerVersion;
import io.vestibule.store.people.Customers.CustomerRow;
import io.vestibule.store.people.Identities.Binding;
import io.vestibule.store.people.Identities.Identity;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Ties a customer's key to the address that it was made for, and to a version of the customer.
 *
 * <p>The MAC is over the address's hash, the customer's number, the version, and the SHA-256 of the
 * wrapped key and of the decisions. Whoever may write {@code identities} and has no use of this key
 * can put an older row back, and nothing else.
 */
public final class IdentityBinding {

  private final SystemPrf mac;
  private final BindingPass pass;

  /**
   * Prepares it.
   *
   * @param pass tells whether identities without a binding are forged
   */
  public IdentityBinding(SystemKeys table, BindingPass pass, KeysetKey keysetKey, Clock clock) {
    this.pass = pass;
    this.mac = new SystemPrf(table, keysetKey, SystemKeys.Name.BINDING, clock);
  }

  /**
   * Binds an identity.
   *
   * @param version of the customer's row
   * @param decisions encrypted
   */
  Binding of(Identity identity, int version, byte[] decisions) {
    return new Binding(version, decisions, mac(identity, version, decisions));
  }

  /** A version of a customer, with its key bound to it. */
  CustomerVersion version(Identity identity, int before, CustomerRow row, byte[] decisions) {
    return new CustomerVersion(identity, before, row, of(identity, row.version(), decisions));
  }

  /** The first version of a customer. */
  public CustomerVersion first(
      Identity identity,
      CustomerCipher cipher,
      CustomerRecord record,
      EmailAddress address,
      Instant createdAt,
      Instant verifiedAt) {
    var bound = record.bind(address);
    return version(
        identity,
        0,
        cipher.encrypt(bound.toJson(), 1, createdAt, verifiedAt),
        cipher.encrypt(Decisions.none().next(bound), 1));
  }

  /** Whether every identity has a binding, and one without it was made by somebody else. */
  boolean isOfAll() {
    return pass.hasEnded();
  }

  /** Whether an identity is as it was bound. */
  boolean holds(Identity identity, Binding binding) {
    return MessageDigest.isEqual(
        binding.mac(), mac(identity, binding.version(), binding.decisions()));
  }

  private byte[] mac(Identity identity, int version, byte[] decisions) {
    return mac.of(text(identity, version, decisions));
  }

  /** What may have any length comes after its length: no two rows have one text. */
  static String text(Identity identity, int version, byte[] decisions) {
    return "binding|%d|%s|%s|%d|%s|%s"
        .formatted(
            version,
            sha256(identity.wrappedKey()),
            sha256(decisions),
            identity.emailIndex().length(),
            identity.emailIndex(),
            identity.customerId());
  }

  private static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(Sha256.of(bytes));
  }
}
