package io.vestibule.store.keys;

import static io.vestibule.store.Attributes.bytes;
import static io.vestibule.store.Attributes.required;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.Pause;
import io.vestibule.store.Attributes;
import io.vestibule.store.Cancellation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The sealing-keys table: {@code public}, the key to seal with now, and {@code private#<id>}, the
 * wrapped keysets that open what was sealed.
 */
public final class SealingKeys {

  private static final String PUBLIC = "public";
  private static final String PRIVATE = "private#";

  private static final int MOST_ATTEMPTS = 5;
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(50);

  private final DynamoDbClient dynamoDb;
  private final String table;

  public SealingKeys(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /** The public half of the current key, as a Tink keyset. */
  public record PublicKey(String id, byte[] keyset) {}

  /** A private key that is still there, without the key. */
  public record PrivateKey(String id, Instant createdAt) {}

  /** The key to seal with; empty only before the first rotation. */
  public Optional<PublicKey> current() {
    var item = get(PUBLIC);
    return item.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new PublicKey(
                required(text(item, "id"), "id"), required(bytes(item, "keyset"), "keyset")));
  }

  /** A private keyset, wrapped; empty if there is none, or it was destroyed. */
  public Optional<byte[]> wrapped(String id) {
    return bytes(get(PRIVATE + id), "wrapped");
  }

  /** Adds a key pair and makes it the current one: both, or neither. */
  public void rotateTo(PublicKey key, byte[] wrappedPrivateKeyset, Instant now) {
    var privateItem =
        Map.of(
            "name", text(PRIVATE + key.id()),
            "wrapped", bytes(wrappedPrivateKeyset),
            "createdAt", time(now));
    var publicItem =
        Map.of("name", text(PUBLIC), "id", text(key.id()), "keyset", bytes(key.keyset()));
    var addPrivate =
        Put.builder()
            .tableName(table)
            .item(privateItem)
            .conditionExpression("attribute_not_exists(#name)")
            .expressionAttributeNames(Attributes.names("#name"))
            .build();
    var replacePublic = Put.builder().tableName(table).item(publicItem).build();
    add(
        TransactWriteItem.builder().put(addPrivate).build(),
        TransactWriteItem.builder().put(replacePublic).build());
  }

  /** Two rotations may meet, one by the schedule and one by a deployment. */
  private void add(TransactWriteItem... writes) {
    for (int attempt = 1; ; attempt++) {
      try {
        dynamoDb.transactWriteItems(write -> write.transactItems(writes));
        return;
      } catch (TransactionCanceledException e) {
        if (attempt == MOST_ATTEMPTS || !Cancellation.of(e).isConflict()) {
          throw e;
        }
        Pause.REAL.rest(BETWEEN_ATTEMPTS.multipliedBy(attempt));
      }
    }
  }

  /** The private keys that there are: about as many as days are kept. */
  public List<PrivateKey> privateKeys() {
    var columns = "#name, #createdAt";
    return dynamoDb
        .scanPaginator(
            scan ->
                scan.tableName(table)
                    .consistentRead(true)
                    .select(Select.SPECIFIC_ATTRIBUTES)
                    .projectionExpression(columns)
                    .expressionAttributeNames(Attributes.names(columns)))
        .items()
        .stream()
        .filter(item -> required(text(item, "name"), "name").startsWith(PRIVATE))
        .map(
            item ->
                new PrivateKey(
                    required(text(item, "name"), "name").substring(PRIVATE.length()),
                    required(time(item, "createdAt"), "createdAt")))
        .toList();
  }

  /** Deletes a private key. Nothing sealed for it opens ever again: the table has no recovery. */
  public void destroy(String id) {
    dynamoDb.deleteItem(delete -> delete.tableName(table).key(key(PRIVATE + id)));
  }

  private Map<String, AttributeValue> get(String name) {
    return dynamoDb.getItem(get -> get.tableName(table).key(key(name)).consistentRead(true)).item();
  }

  private static Map<String, AttributeValue> key(String name) {
    return Map.of("name", text(name));
  }
}
