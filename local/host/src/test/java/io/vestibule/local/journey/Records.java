package io.vestibule.local.journey;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.CustomerRecord;
import io.vestibule.core.EmailAddress;
import io.vestibule.core.EntryRecord;
import io.vestibule.core.Json;
import io.vestibule.keys.CustomerCipher;
import io.vestibule.keys.CustomerKeys;
import io.vestibule.keys.EmailIndex;
import io.vestibule.keys.KeysetKey;
import io.vestibule.keys.LinkTokens;
import io.vestibule.local.host.LocalHost;
import io.vestibule.store.keys.SystemKeys;
import io.vestibule.store.people.Customers;
import io.vestibule.store.people.Entries;
import io.vestibule.store.people.Identities;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Customers' records, opened the only way there is: through KMS, with the person's own key. */
public record Records(LocalHost host) {

  public CustomerRecord of(String address) throws Exception {
    return CustomerRecord.parse(bytes(address));
  }

  private byte[] bytes(String address) throws Exception {
    var identity = identity(address).orElseThrow();
    return cipher(identity).decrypt(row(identity));
  }

  private CustomerCipher cipher(Identities.Identity identity) throws Exception {
    return new CustomerKeys(keysetKey()).unwrap(identity.customerId(), identity.wrappedKey());
  }

  /** A customer's record as it is stored. */
  ObjectNode json(String address) throws Exception {
    return (ObjectNode) Json.MAPPER.readTree(bytes(address));
  }

  /** Changes what is stored of a customer, as another version of ours might. */
  void rewrite(String address, Consumer<ObjectNode> change) throws Exception {
    var json = json(address);
    change.accept(json);
    var identity = identity(address).orElseThrow();
    var before = row(identity);
    var row =
        cipher(identity)
            .encrypt(
                Json.MAPPER.writeValueAsBytes(json),
                before.version() + 1,
                before.createdAt(),
                before.verifiedAt());
    host.operator()
        .dynamoDb()
        .updateItem(
            update ->
                update
                    .tableName("customers")
                    .key(Map.of("customerId", AttributeValue.fromS(row.customerId())))
                    .updateExpression("SET version = :version, ciphertext = :ciphertext")
                    .expressionAttributeValues(
                        Map.of(
                            ":version", AttributeValue.fromN(Integer.toString(row.version())),
                            ":ciphertext",
                                AttributeValue.fromB(SdkBytes.fromByteArray(row.ciphertext())))));
  }

  /** Both rows of a customer, as they were written before there was a binding. */
  public void unbind(String address) throws Exception {
    rewrite(address, record -> record.remove(List.of("version", "bound")));
    stripIdentity(address);
  }

  /** What there is of a customer who was stored before there were bindings and entries. */
  public void land(String address) throws Exception {
    unbind(address);
    removeEntries(address);
  }

  /** Takes all entries of a customer away. */
  public void removeEntries(String address) {
    var customerId = customerId(address);
    for (var item : new Tables(host).items("entries")) {
      if (Tables.text(item, "customerId").equals(customerId)) {
        var key =
            Map.of(
                "customerId", AttributeValue.fromS(customerId),
                "entryId", AttributeValue.fromS(Tables.text(item, "entryId")));
        host.operator().dynamoDb().deleteItem(delete -> delete.tableName("entries").key(key));
      }
    }
  }

  /** Takes from an identity what binds it, as whoever may write the table could. */
  public void stripIdentity(String address) {
    host.operator()
        .dynamoDb()
        .updateItem(
            update ->
                update
                    .tableName("identities")
                    .key(Map.of("emailIndex", AttributeValue.fromS(emailIndex(address))))
                    .updateExpression("REMOVE #version, #decisions, #binding")
                    .expressionAttributeNames(
                        Map.of(
                            "#version", "version",
                            "#decisions", "decisions",
                            "#binding", "binding")));
  }

  /** Whether the key of a customer is bound. */
  public boolean isBound(String address) {
    return identity(address).orElseThrow().binding().isPresent();
  }

  /** A customer's number. */
  public String customerId(String address) {
    return identity(address).orElseThrow().customerId();
  }

  /** How often a customer's record was written. */
  public int version(String address) {
    return row(identity(address).orElseThrow()).version();
  }

  /** What the customer handed in, as it was stored each time, in the order of time. */
  public List<EntryRecord> entries(String address) throws Exception {
    var identity = identity(address).orElseThrow();
    var entries = new ArrayList<EntryRecord>();
    for (var item : new Tables(host).items("entries")) {
      if (Tables.text(item, "customerId").equals(identity.customerId())) {
        entries.add(cipher(identity).decrypt(Entries.row(item)));
      }
    }
    return entries;
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
    return new Identities(host.operator().dynamoDb(), "identities").find(emailIndex(address));
  }

  /** The hash that a customer is found by. */
  public String emailIndex(String address) {
    var systemKeys = new SystemKeys(host.operator().dynamoDb(), "system-keys");
    return new EmailIndex(systemKeys, keysetKey(), Clock.systemUTC())
        .of(EmailAddress.parse(address).orElseThrow());
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

  /** The secrets of links, as the mailer makes them. */
  LinkTokens linkTokens() {
    var systemKeys = new SystemKeys(host.operator().dynamoDb(), "system-keys");
    return new LinkTokens(systemKeys, keysetKey(), Clock.systemUTC());
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
