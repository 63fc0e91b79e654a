package io.vestibule.backup.drill;

import io.vestibule.backup.CustomerId;
import io.vestibule.core.CustomerRecord;
import io.vestibule.keys.CustomerCipher;
import io.vestibule.keys.CustomerKeys;
import io.vestibule.keys.KeysetKey;
import io.vestibule.store.Attributes;
import io.vestibule.store.people.Customers;
import io.vestibule.store.people.Entries;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Opens some customers of a restored table with their own keys, others each time, and what they
 * handed in, and reads it: one KMS request for each customer.
 */
final class OpenSample {

  private static final int SAMPLE = 20;

  /** Of a customer, the newest ones. */
  private static final int MOST_ENTRIES = 10;

  private final DynamoDbClient dynamoDb;
  private final String identities;
  private final CustomerKeys keys;

  OpenSample(DynamoDbClient dynamoDb, String identities, CustomerKeys keys) {
    this.dynamoDb = dynamoDb;
    this.identities = identities;
    this.keys = keys;
  }

  /** How many could be read, and how many could not. */
  record Opened(long opened, long failed) {

    static final Opened NONE = new Opened(0, 0);

    Opened and(boolean opens) {
      return opens ? new Opened(opened + 1, failed) : new Opened(opened, failed + 1);
    }
  }

  /** Of both tables. */
  record OpenedBoth(Opened customers, Opened entries) {}

  /**
   * Opens them. People who became customers after the backup are not in the table, and are not
   * looked for.
   *
   * @param entries the table that the entries were restored into; empty if the backup has none
   */
  OpenedBoth run(String table, Optional<String> entries) {
    var customers = new Customers(dynamoDb, table);
    var opened = Opened.NONE;
    var openedEntries = Opened.NONE;
    for (var identity : sample()) {
      var row = customers.find(CustomerId.of(identity));
      if (row.isPresent()) {
        var cipher = cipher(identity);
        opened = opened.and(cipher.filter(it -> opens(it, row.get())).isPresent());
        for (var entry : entries.map(it -> newest(it, row.get().customerId())).orElse(List.of())) {
          openedEntries = openedEntries.and(cipher.filter(it -> opens(it, entry)).isPresent());
        }
      }
    }
    return new OpenedBoth(opened, openedEntries);
  }

  /**
   * Neighbours from a random place on, in the order in which DynamoDB keeps keyed hashes of
   * addresses, which is none that anybody chose; after the last ones, the first ones.
   */
  List<Map<String, AttributeValue>> sample() {
    var somewhere = Map.of("emailIndex", Attributes.text(UUID.randomUUID().toString()));
    var sample = new LinkedHashSet<>(scan(somewhere));
    if (sample.size() < SAMPLE) {
      sample.addAll(scan(Map.of()));
    }
    return sample.stream()
        .filter(identity -> CustomerId.find(identity).isPresent())
        .limit(SAMPLE)
        .toList();
  }

  private List<Map<String, AttributeValue>> scan(Map<String, AttributeValue> after) {
    return dynamoDb
        .scan(
            scan -> {
              scan.tableName(identities).limit(SAMPLE);
              if (!after.isEmpty()) {
                scan.exclusiveStartKey(after);
              }
            })
        .items();
  }

  private List<Map<String, AttributeValue>> newest(String entries, String customerId) {
    try (var newest = new Entries(dynamoDb, entries).newestFirst(customerId)) {
      return newest.limit(MOST_ENTRIES).toList();
    }
  }

  private Optional<CustomerCipher> cipher(Map<String, AttributeValue> identity) {
    AttributeValue wrapped = identity.get("wrapped");
    if (wrapped == null || wrapped.b() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(keys.unwrap(CustomerId.of(identity), wrapped.b().asByteArray()));
    } catch (KeysetKey.CannotUnwrap e) {
      return Optional.empty();
    }
  }

  private static boolean opens(CustomerCipher cipher, Customers.CustomerRow row) {
    try {
      var _ = CustomerRecord.parse(cipher.decrypt(row));
      return true;
    } catch (GeneralSecurityException
        | IOException
        | IllegalArgumentException
        | DateTimeException e) {
      return false;
    }
  }

  private static boolean opens(CustomerCipher cipher, Map<String, AttributeValue> entry) {
    try {
      var _ = cipher.decrypt(Entries.row(entry));
      return true;
    } catch (GeneralSecurityException
        | IOException
        | IllegalStateException
        | IllegalArgumentException
        | DateTimeException e) {
      return false;
    }
  }

  boolean isThere(String table, String customerId) {
    return new Customers(dynamoDb, table).find(customerId).isPresent();
  }
}
