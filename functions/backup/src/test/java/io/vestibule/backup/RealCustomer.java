package io.vestibule.backup;

import static io.vestibule.store.Attributes.bytes;
import static io.vestibule.store.Attributes.number;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vestibule.core.CustomerRecord;
import io.vestibule.core.Destination;
import io.vestibule.core.EntryId;
import io.vestibule.core.EntryRecord;
import io.vestibule.core.Env;
import io.vestibule.core.RowId;
import io.vestibule.keys.CustomerKeys;
import io.vestibule.keys.KeysetKey;
import io.vestibule.local.account.Account;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

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

  /**
   * Writes what the customer has handed in, as StoreFunction would.
   *
   * @return the row
   */
  public Map<String, AttributeValue> handsIn(Account account, String form, Instant at)
      throws KeysetKey.CannotUnwrap {
    var env = Env.of(account.variables("StoreFunction"));
    var keysetKey = KeysetKey.of(env, env.read(from -> from.text("KEYSET_KEY_ARN")));
    var dynamoDb = account.operator().dynamoDb();
    var identity =
        dynamoDb.getItem(
            get ->
                get.tableName("identities")
                    .key(Map.of("emailIndex", text(emailIndex)))
                    .consistentRead(true));
    var wrapped = Objects.requireNonNull(identity.item().get("wrapped")).b().asByteArray();
    var entry =
        new EntryRecord(
            JsonNodeFactory.instance.objectNode().put("message", "Hello"),
            new TreeMap<>(),
            new TreeMap<>(),
            "en",
            "",
            false,
            List.of(),
            false,
            Map.of());
    var id = EntryId.of(at, RowId.random(Destination.STORAGE, new SecureRandom()));
    var row =
        new CustomerKeys(keysetKey).unwrap(customerId, wrapped).encrypt(entry, id, form, "v1", at);
    Map<String, AttributeValue> item =
        Map.of(
            "customerId", text(customerId),
            "entryId", text(id.value()),
            "form", text(form),
            "formVersion", text("v1"),
            "number", text(id.number().value()),
            "state", text("new"),
            "ciphertext", bytes(row.ciphertext()),
            "receivedAt", time(at),
            "createdAt", time(at));
    dynamoDb.putItem(put -> put.tableName("entries").item(item));
    return item;
  }
}
