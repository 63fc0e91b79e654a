package io.vestibule.local.journey;

import io.vestibule.core.CustomerRecord;
import io.vestibule.core.EmailAddress;
import io.vestibule.keys.CustomerKeys;
import io.vestibule.keys.EmailIndex;
import io.vestibule.keys.KeysetKey;
import io.vestibule.local.host.LocalHost;
import io.vestibule.store.keys.SystemKeys;
import io.vestibule.store.people.Customers;
import io.vestibule.store.people.Identities;
import java.time.Clock;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Customers' records, opened the only way there is: through KMS, with the person's own key. */
public record Records(LocalHost host) {

  public CustomerRecord of(String address) throws Exception {
    var identity = identity(address).orElseThrow();
    var row = row(identity);
    var cipher = new CustomerKeys(keysetKey()).unwrap(identity.customerId(), identity.wrappedKey());
    return CustomerRecord.parse(cipher.decrypt(row));
  }

  /** A customer's number. */
  public String customerId(String address) {
    return identity(address).orElseThrow().customerId();
  }

  /** How often a customer's record was written. */
  public int version(String address) {
    return row(identity(address).orElseThrow()).version();
  }

  public boolean isKnown(String address) {
    return identity(address).isPresent();
  }

  private Customers.CustomerRow row(Identities.Identity identity) {
    return new Customers(host.operator().dynamoDb(), "customers")
        .find(identity.customerId())
        .orElseThrow();
  }

  private Optional<Identities.Identity> identity(String address) {
    var dynamoDb = host.operator().dynamoDb();
    var systemKeys = new SystemKeys(dynamoDb, "system-keys");
    var index =
        new EmailIndex(systemKeys, keysetKey(), Clock.systemUTC())
            .of(EmailAddress.parse(address).orElseThrow());
    return new Identities(dynamoDb, "identities").find(index);
  }

  /** The values of a customer's record, by their fields. */
  public SortedMap<String, String> values(String address) throws Exception {
    var values = new TreeMap<String, String>();
    of(address).fields().forEach((name, value) -> values.put(name, value.value().asText()));
    return values;
  }

  /** A value of a customer's record; empty if it has none. */
  String value(String address, String field) throws Exception {
    return values(address).getOrDefault(field, "");
  }

  KeysetKey keysetKey() {
    var arn =
        host.stack().keys().stream()
            .filter(key -> key.logicalId().equals("KeysetKey"))
            .findFirst()
            .orElseThrow()
            .arn();
    return new KeysetKey(host.operator().kms(), arn);
  }
}
