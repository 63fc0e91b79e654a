package io.vestibule.store.keys;

import static io.vestibule.store.Attributes.bytes;
import static io.vestibule.store.Attributes.required;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.vestibule.core.Pause;
import io.vestibule.store.Attributes;
import io.vestibule.store.Cancellation;
import io.vestibule.store.RowChange;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * The sealing-keys table: {@code public}, the key to seal with now, and {@code private#<id>}, the
 * wrapped keysets that open what was sealed.
 */
public final class SealingKeys {

  private static final String PUBLIC = "public";
  private static final String PRIVATE = "private#";
  private static final String ASKS_WORK = "asksWork";

  /** Its place in the transaction of a rotation. */
  private static final int REPLACE_PUBLIC = 0;

  private static final String EXISTS = "attribute_exists(#name)";

  private static final int MOST_ATTEMPTS = 5;
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(50);

  private final DynamoDbClient dynamoDb;
  private final String table;

  public SealingKeys(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /**
   * The public half of the current key, as a Tink keyset.
   *
   * @param asksWork the forms that ask for work now, of those that do so only while it is needed
   */
  public record PublicKey(String id, byte[] keyset, Set<String> asksWork) {

    public PublicKey(String id, byte[] keyset) {
      this(id, keyset, Set.of());
    }
  }

  /** A private key that is still there, without the key. */
  public record PrivateKey(String id, Instant createdAt) {}

  /** The key to seal with; empty only before the first rotation. */
  public Optional<PublicKey> current() {
    var item = get(PUBLIC);
    return item.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new PublicKey(
                required(text(item, "id"), "id"),
                required(bytes(item, "keyset"), "keyset"),
                asksWork(item)));
  }

  private static Set<String> asksWork(Map<String, AttributeValue> item) {
    return Optional.ofNullable(item.get(ASKS_WORK))
        .map(AttributeValue::l)
        .orElse(List.of())
        .stream()
        .flatMap(form -> Optional.ofNullable(form.s()).stream())
        .collect(toUnmodifiableSet());
  }

  /** The forms that ask for work now. */
  public Set<String> asksWork() {
    var columns = "#name, #asksWork";
    return dynamoDb
        .query(
            query ->
                query
                    .tableName(table)
                    .consistentRead(true)
                    .select(Select.SPECIFIC_ATTRIBUTES)
                    .keyConditionExpression("#name = :public")
                    .projectionExpression(columns)
                    .expressionAttributeNames(Attributes.names(columns))
                    .expressionAttributeValues(Map.of(":public", text(PUBLIC))))
        .items()
        .stream()
        .flatMap(item -> asksWork(item).stream())
        .collect(toUnmodifiableSet());
  }

  /** Has these forms ask for work, and no others. It touches no key. */
  public void askWork(Set<String> forms) {
    var names = AttributeValue.fromL(forms.stream().sorted().map(Attributes::text).toList());
    new RowChange(table, key(PUBLIC), "SET #asksWork = :forms", EXISTS, Map.of(":forms", names))
        .apply(dynamoDb);
  }

  /** A private keyset, wrapped; empty if there is none, or it was destroyed. */
  public Optional<byte[]> wrapped(String id) {
    return bytes(get(PRIVATE + id), "wrapped");
  }

  /** The id of the key to seal with; empty only before the first rotation. */
  public Optional<String> currentId() {
    return scan("#name, #id")
        .filter(item -> nameOf(item).equals(PUBLIC))
        .flatMap(item -> text(item, "id").stream())
        .findFirst();
  }

  /**
   * Adds a key pair and makes it the current one: both, or neither.
   *
   * @param before the id of the one that it follows
   * @return whether it is; not if another is current meanwhile
   */
  public boolean rotateTo(
      Optional<String> before, PublicKey key, byte[] wrappedPrivateKeyset, Instant now) {
    var privateItem =
        Map.of(
            "name", text(PRIVATE + key.id()),
            "wrapped", bytes(wrappedPrivateKeyset),
            "createdAt", time(now));
    var values = new HashMap<String, AttributeValue>();
    values.put(":id", text(key.id()));
    values.put(":keyset", bytes(key.keyset()));
    before.ifPresent(it -> values.put(":before", text(it)));
    // What the row says besides of forms stays.
    var replacePublic =
        Update.builder()
            .tableName(table)
            .key(key(PUBLIC))
            .updateExpression("SET #id = :id, #keyset = :keyset")
            .conditionExpression(before.isPresent() ? "#id = :before" : "attribute_not_exists(#id)")
            .expressionAttributeNames(Attributes.names("#id, #keyset"))
            .expressionAttributeValues(values)
            .build();
    var addPrivate =
        Put.builder()
            .tableName(table)
            .item(privateItem)
            .conditionExpression("attribute_not_exists(#name)")
            .expressionAttributeNames(Attributes.names("#name"))
            .build();
    return add(
        TransactWriteItem.builder().update(replacePublic).build(),
        TransactWriteItem.builder().put(addPrivate).build());
  }

  /** Two rotations may meet, one by the schedule and one by a deployment. */
  private boolean add(TransactWriteItem... writes) {
    for (int attempt = 1; ; attempt++) {
      try {
        dynamoDb.transactWriteItems(write -> write.transactItems(writes));
        return true;
      } catch (TransactionCanceledException e) {
        var cancellation = Cancellation.of(e);
        if (cancellation.failedAt(REPLACE_PUBLIC)) {
          return false;
        }
        if (attempt == MOST_ATTEMPTS || !cancellation.isConflict()) {
          throw e;
        }
        Pause.REAL.rest(BETWEEN_ATTEMPTS.multipliedBy(attempt));
      }
    }
  }

  /** The private keys that there are: about as many as days are kept. */
  public List<PrivateKey> privateKeys() {
    return scan("#name, #createdAt")
        .filter(item -> nameOf(item).startsWith(PRIVATE))
        .map(
            item ->
                new PrivateKey(
                    nameOf(item).substring(PRIVATE.length()),
                    required(time(item, "createdAt"), "createdAt")))
        .toList();
  }

  private Stream<Map<String, AttributeValue>> scan(String columns) {
    return dynamoDb
        .scanPaginator(
            scan ->
                scan.tableName(table)
                    .consistentRead(true)
                    .select(Select.SPECIFIC_ATTRIBUTES)
                    .projectionExpression(columns)
                    .expressionAttributeNames(Attributes.names(columns)))
        .items()
        .stream();
  }

  private static String nameOf(Map<String, AttributeValue> item) {
    return required(text(item, "name"), "name");
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
