package io.vestibule.store.people;

import static io.vestibule.store.Attributes.bytes;
import static io.vestibule.store.Attributes.number;
import static io.vestibule.store.Attributes.required;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.WorkThreads;
import io.vestibule.store.Attributes;
import io.vestibule.store.RowChange;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * The identities table: the one place that ties an e-mail address, as a keyed hash, to a customer's
 * number, and the only one that holds the customer's key. Deleting the row makes every copy of the
 * customer's data unreadable, which is why no backup ever contains it.
 */
public final class Identities {

  private static final int SEGMENTS = 8;
  private static final byte[] NOTHING = {};
  private static final Pattern VERSION = Pattern.compile("[0-9]{1,9}");

  private final DynamoDbClient dynamoDb;
  private final String table;

  public Identities(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /**
   * Whose number belongs to an address.
   *
   * @param wrappedKey the customer's keyset, wrapped under KMS for this very number
   * @param binding empty in rows that were written before there was one
   */
  public record Identity(
      String emailIndex, String customerId, byte[] wrappedKey, Optional<Binding> binding) {}

  /**
   * What ties a key to its address, and to a version of its customer.
   *
   * @param version of the customer's row that was written with it
   * @param decisions what the customer decided until then, encrypted
   * @param mac over all of it
   */
  public record Binding(int version, byte[] decisions, byte[] mac) {}

  public Optional<Identity> find(String emailIndex) {
    return identity(item(emailIndex));
  }

  Map<String, AttributeValue> item(String emailIndex) {
    return dynamoDb
        .getItem(get -> get.tableName(table).key(key(emailIndex)).consistentRead(true))
        .item();
  }

  TransactGetItem read(String emailIndex) {
    return TransactGetItem.builder().get(get -> get.tableName(table).key(key(emailIndex))).build();
  }

  /** An item as an identity; empty if the item is. */
  static Optional<Identity> identity(Map<String, AttributeValue> item) {
    if (item.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Identity(
            required(text(item, "emailIndex"), "emailIndex"),
            required(text(item, "customerId"), "customerId"),
            required(bytes(item, "wrapped"), "wrapped"),
            binding(item)));
  }

  /** If a part of it is missing, the MAC does not fit: whoever took it away gains nothing. */
  private static Optional<Binding> binding(Map<String, AttributeValue> item) {
    boolean isBound =
        item.containsKey("binding") || item.containsKey("decisions") || item.containsKey("version");
    return isBound
        ? Optional.of(
            new Binding(
                version(item),
                bytes(item, "decisions").orElse(NOTHING),
                bytes(item, "binding").orElse(NOTHING)))
        : Optional.empty();
  }

  /** 0, which no version is, for whatever is no number of ours. */
  private static int version(Map<String, AttributeValue> item) {
    return Optional.ofNullable(item.get("version"))
        .map(AttributeValue::n)
        .filter(digits -> VERSION.matcher(digits).matches())
        .map(Integer::valueOf)
        .orElse(0);
  }

  /**
   * The keyed hash of the address that belongs to a number; the index lags by moments. There are
   * more if somebody put them there: which is the customer's is for the caller to tell.
   */
  public List<String> emailIndexesOf(String customerId) {
    return dynamoDb
        .query(
            query ->
                query
                    .tableName(table)
                    .indexName("byCustomer")
                    .keyConditionExpression("#customerId = :customerId")
                    .expressionAttributeNames(Attributes.names("#customerId"))
                    .expressionAttributeValues(Map.of(":customerId", text(customerId))))
        .items()
        .stream()
        .flatMap(item -> text(item, "emailIndex").stream())
        .toList();
  }

  /**
   * The same by reading the whole table, consistently: what it does not find is not there. A
   * million identities are some 500 MB, which is 128,000 read units: about 12 seconds, as fast as
   * DynamoDB lets a new table be read.
   */
  public Optional<String> searchEmailIndexOf(String customerId) {
    try (var threads = WorkThreads.each()) {
      return IntStream.range(0, SEGMENTS)
          .mapToObj(
              segment -> CompletableFuture.supplyAsync(() -> search(customerId, segment), threads))
          .toList()
          .stream()
          .flatMap(segment -> segment.join().stream())
          .findFirst();
    }
  }

  private Optional<String> search(String customerId, int segment) {
    var columns = "#emailIndex, #customerId";
    return dynamoDb
        .scanPaginator(
            scan ->
                scan.tableName(table)
                    .segment(segment)
                    .totalSegments(SEGMENTS)
                    .consistentRead(true)
                    .select(Select.SPECIFIC_ATTRIBUTES)
                    .projectionExpression(columns)
                    .filterExpression("#customerId = :customerId")
                    .expressionAttributeNames(Attributes.names(columns))
                    .expressionAttributeValues(Map.of(":customerId", text(customerId))))
        .items()
        .stream()
        .flatMap(item -> text(item, "emailIndex").stream())
        .findFirst();
  }

  /** The customer's key, of a new customer; or, of a known one, what binds it. */
  TransactWriteItem put(CustomerVersion next, Instant now) {
    return next.isNew() ? add(next, now) : bind(next);
  }

  private TransactWriteItem add(CustomerVersion next, Instant now) {
    var identity = next.identity();
    return TransactWriteItem.builder()
        .put(
            put ->
                put.tableName(table)
                    .item(
                        Map.of(
                            "emailIndex", text(identity.emailIndex()),
                            "customerId", text(identity.customerId()),
                            "wrapped", bytes(identity.wrappedKey()),
                            "createdAt", time(now),
                            "version", number(next.binding().version()),
                            "decisions", bytes(next.binding().decisions()),
                            "binding", bytes(next.binding().mac())))
                    .conditionExpression("attribute_not_exists(emailIndex)"))
        .build();
  }

  /** Never the key itself. The row must be as it was read. */
  private TransactWriteItem bind(CustomerVersion next) {
    return change(next.identity(), next.binding()).inTransaction();
  }

  RowChange change(Identity identity, Binding binding) {
    var values = new HashMap<>(unchangedValues(identity));
    values.put(":version", number(binding.version()));
    values.put(":decisions", bytes(binding.decisions()));
    values.put(":binding", bytes(binding.mac()));
    return new RowChange(
        table,
        key(identity.emailIndex()),
        "SET #version = :version, #decisions = :decisions, #binding = :binding",
        unchangedBinding(identity),
        values);
  }

  /**
   * That the address still belongs to the same customer: it may have been erased, and come back.
   */
  TransactWriteItem unchanged(Identity identity) {
    return TransactWriteItem.builder()
        .conditionCheck(
            check ->
                check
                    .tableName(table)
                    .key(key(identity.emailIndex()))
                    .conditionExpression("customerId = :customerId")
                    .expressionAttributeValues(Map.of(":customerId", text(identity.customerId()))))
        .build();
  }

  /** That nothing was decided or written of the customer since the row was read. */
  public TransactWriteItem asRead(Identity identity) {
    var condition = unchangedBinding(identity);
    return TransactWriteItem.builder()
        .conditionCheck(
            check ->
                check
                    .tableName(table)
                    .key(key(identity.emailIndex()))
                    .conditionExpression(condition)
                    .expressionAttributeNames(Attributes.names(condition))
                    .expressionAttributeValues(unchangedValues(identity)))
        .build();
  }

  /** That the address has no customer, as it had none when we looked. */
  TransactWriteItem absent(String emailIndex) {
    return TransactWriteItem.builder()
        .conditionCheck(
            check ->
                check
                    .tableName(table)
                    .key(key(emailIndex))
                    .conditionExpression("attribute_not_exists(emailIndex)"))
        .build();
  }

  /**
   * Deletes the customer's key, if its row is as it was read. What was decided since stands there,
   * even if an older row of the customer was put back.
   */
  TransactWriteItem remove(Identity identity) {
    return remove(identity, unchangedBinding(identity), unchangedValues(identity));
  }

  /** Deletes a key that opens nothing any more, if it still has the same number. */
  TransactWriteItem removeOrphan(Identity identity) {
    return remove(
        identity, "#customerId = :customerId", Map.of(":customerId", text(identity.customerId())));
  }

  private TransactWriteItem remove(
      Identity identity, String condition, Map<String, AttributeValue> values) {
    return TransactWriteItem.builder()
        .delete(
            delete ->
                delete
                    .tableName(table)
                    .key(key(identity.emailIndex()))
                    .conditionExpression(condition)
                    .expressionAttributeNames(Attributes.names(condition))
                    .expressionAttributeValues(values))
        .build();
  }

  private static Map<String, AttributeValue> unchangedValues(Identity identity) {
    var values = new HashMap<String, AttributeValue>();
    values.put(":customerId", text(identity.customerId()));
    identity.binding().ifPresent(it -> values.put(":before", bytes(it.mac())));
    return values;
  }

  private static String unchangedBinding(Identity identity) {
    return "#customerId = :customerId AND "
        + (identity.binding().isPresent()
            ? "#binding = :before"
            : "attribute_not_exists(#binding)");
  }

  private static Map<String, AttributeValue> key(String emailIndex) {
    return Map.of("emailIndex", text(emailIndex));
  }
}
