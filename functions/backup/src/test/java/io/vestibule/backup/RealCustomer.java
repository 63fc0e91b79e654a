package io.vestibule.backup;

import static io.vestibule.store.Attributes.bytes;
import static io.vestibule.store.Attributes.number;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.CustomerRecord;
import io.vestibule.core.Env;
import io.vestibule.keys.CustomerKeys;
import io.vestibule.keys.KeysetKey;
import io.vestibule.local.account.Account;
import java.time.Instant;
import java.util.Map;

/** A customer whose record opens with a key of its own, as StoreFunction would have stored it. */
public record RealCustomer(String customerId, String emailIndex) {

  /** Writes both halves. */
  public static RealCustomer store(Account account, String customerId, Instant now) {
    var env = Env.of(account.variables("StoreFunction"));
    var keysetKey = KeysetKey.of(env, env.read(from -> from.text("KEYSET_KEY_ARN")));
    var key = new CustomerKeys(keysetKey).create(customerId);
    var row = key.cipher().encrypt(CustomerRecord.empty().toJson(), 1, now, now);
    var dynamoDb = account.operator().dynamoDb();
    var customer = new RealCustomer(customerId, "index-of-" + customerId);
    dynamoDb.putItem(
        put ->
            put.tableName("customers")
                .item(
                    Map.of(
                        "customerId", text(customerId),
                        "version", number(1),
                        "ciphertext", bytes(row.ciphertext()),
                        "createdAt", time(now),
                        "verifiedAt", time(now))));
    dynamoDb.putItem(
        put ->
            put.tableName("identities")
                .item(
                    Map.of(
                        "emailIndex", text(customer.emailIndex()),
                        "customerId", text(customerId),
                        "wrapped", bytes(key.wrapped()))));
    return customer;
  }
}
