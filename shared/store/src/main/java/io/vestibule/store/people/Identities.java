package io.vestibule.store.people;

import static io.vestibule.store.Attributes.bytes;
import static io.vestibule.store.Attributes.required;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.store.Attributes;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * The identities table: the one place that ties an e-mail address, as a keyed hash, to a customer's
 * number, and the only one that holds the customer's key. Deleting the row makes every copy of the
 * customer's data unreadable, which is why no backup ever contains it.
 */
public final class Identities {

  private static final int SEGMENTS = 8;

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
   */
  public record Identity(String emailIndex, String customerId, byte[] wrappedKey) {}

  public Optional<Identity> find(String emailIndex) {
    var item =
        dynamoDb
            .getItem(get -> get.tableName(table).key(key(emailIndex)).consistentRead(true))
            .item();
    if (item.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Identity(
            emailIndex,
            required(text(item, "customerId"), "customerId"),
            required(bytes(item, "wrapped"), "wrapped")));
  }

  /** The keyed hash of the address that belongs to a number; the index lags by moments. */
  public Optional<String> emailIndexOf(String customerId) {
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
        .findFirst();
  }

  /**
   * The same by reading the whole table, consistently: what it does not find is not there. A
   * million identities are some 500 MB, which is 128,000 read units: about 12 seconds, as fast as
   * DynamoDB lets a new table be read.
   */
  public Optional<String> searchEmailIndexOf(String customerId) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
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
                    .projectionExpression(columns)
                    .filterExpression("#customerId = :customerId")
                    .expressionAttributeNames(Attributes.names(columns))
                    .expressionAttributeValues(Map.of(":customerId", text(customerId))))
        .items()
        .stream()
        .flatMap(item -> text(item, "emailIndex").stream())
        .findFirst();
  }

  TransactWriteItem add(Identity identity, Instant now) {
    return TransactWriteItem.builder()
        .put(
            put ->
                put.tableName(table)
                    .item(
                        Map.of(
                            "emailIndex", text(identity.emailIndex()),
                            "customerId", text(identity.customerId()),
                            "wrapped", bytes(identity.wrappedKey()),
                            "createdAt", time(now)))
                    .conditionExpression("attribute_not_exists(emailIndex)"))
        .build();
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

  /** Deletes the customer's key, if the address still belongs to the same customer. */
  TransactWriteItem remove(Identity identity) {
    return TransactWriteItem.builder()
        .delete(
            delete ->
                delete
                    .tableName(table)
                    .key(key(identity.emailIndex()))
                    .conditionExpression("customerId = :customerId")
                    .expressionAttributeValues(Map.of(":customerId", text(identity.customerId()))))
        .build();
  }

  private static Map<String, AttributeValue> key(String emailIndex) {
    return Map.of("emailIndex", text(emailIndex));
  }
}
