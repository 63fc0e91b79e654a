package io.vestibule.backup.drill;

import io.vestibule.backup.CustomerId;
import io.vestibule.keys.CustomerKeys;
import io.vestibule.keys.KeysetKey;
import io.vestibule.store.people.Customers;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Opens some customers of a restored table with their own keys, one KMS request for each. */
final class OpenSample {

  private static final int SAMPLE = 20;

  private final DynamoDbClient dynamoDb;
  private final String identities;
  private final CustomerKeys keys;

  OpenSample(DynamoDbClient dynamoDb, String identities, CustomerKeys keys) {
    this.dynamoDb = dynamoDb;
    this.identities = identities;
    this.keys = keys;
  }

  /** How many could be read, and how many could not. */
  record Opened(long opened, long failed) {}

  /** People who became customers after the backup are not in the table, and are not looked for. */
  Opened run(String table) {
    var customers = new Customers(dynamoDb, table);
    long opened = 0;
    long failed = 0;
    for (var identity : sample()) {
      var row = customers.find(CustomerId.of(identity));
      if (row.isPresent()) {
        boolean opens = opens(identity, row.get());
        opened += opens ? 1 : 0;
        failed += opens ? 0 : 1;
      }
    }
    return new Opened(opened, failed);
  }

  /** In the order of the keyed hashes of addresses, which is none that anybody chose. */
  private List<Map<String, AttributeValue>> sample() {
    return dynamoDb.scan(scan -> scan.tableName(identities).limit(SAMPLE)).items().stream()
        .filter(identity -> CustomerId.find(identity).isPresent())
        .toList();
  }

  private boolean opens(Map<String, AttributeValue> identity, Customers.CustomerRow row) {
    AttributeValue wrapped = identity.get("wrapped");
    if (wrapped == null || wrapped.b() == null) {
      return false;
    }
    try {
      return keys.unwrap(row.customerId(), wrapped.b().asByteArray()).decrypt(row).length > 0;
    } catch (KeysetKey.CannotUnwrap | GeneralSecurityException e) {
      return false;
    }
  }

  boolean isThere(String table, String customerId) {
    return new Customers(dynamoDb, table).find(customerId).isPresent();
  }
}
