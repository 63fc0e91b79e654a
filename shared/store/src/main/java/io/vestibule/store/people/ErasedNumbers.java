package io.vestibule.store.people;

import static io.vestibule.store.Attributes.number;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.Timestamp;
import io.vestibule.store.Attributes;
import io.vestibule.store.Erasure;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * The erasures table: the numbers of customers who were erased. Restores leave the table as it is,
 * and bring nobody back whose number is in it. A number in it is never used again.
 */
public final class ErasedNumbers {

  private static final String NUMBER = "#customerId";

  private final DynamoDbClient dynamoDb;
  private final String table;

  public ErasedNumbers(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /** The erasure of a number, without the address, which nobody knows any more. */
  public Optional<Erasure> find(String customerId) {
    var item = item(customerId);
    return time(item, "erasedAt")
        .flatMap(
            at ->
                text(item, "request").map(by -> new Erasure("", Optional.of(customerId), at, by)));
  }

  /** All numbers that were erased, each read once. */
  public Set<String> all() {
    var names = Attributes.names(NUMBER);
    return dynamoDb
        .scanPaginator(
            scan ->
                scan.tableName(table)
                    .select(Select.SPECIFIC_ATTRIBUTES)
                    .projectionExpression(NUMBER)
                    .expressionAttributeNames(names))
        .items()
        .stream()
        .flatMap(item -> text(item, "customerId").stream())
        .collect(Collectors.toSet());
  }

  /** Whether a number was erased by just this erasure, at its time and for its reason. */
  public boolean has(Erasure erasure, String customerId) {
    return find(customerId)
        .filter(it -> it.askedBy().equals(erasure.askedBy()))
        .filter(it -> Timestamp.of(it.erasedAt()).equals(Timestamp.of(erasure.erasedAt())))
        .isPresent();
  }

  /** How many entries went with an erasure; empty if it was not told. */
  public Optional<Integer> entries(String customerId) {
    return number(item(customerId), "entries");
  }

  private Map<String, AttributeValue> item(String customerId) {
    return dynamoDb
        .getItem(
            get ->
                get.tableName(table)
                    .key(Map.of("customerId", text(customerId)))
                    .consistentRead(true))
        .item();
  }

  /** A number is erased once: it is never given again. */
  TransactWriteItem add(Erasure erasure, String customerId, int entries) {
    return TransactWriteItem.builder()
        .put(
            put ->
                put.tableName(table)
                    .item(
                        Map.of(
                            "customerId", text(customerId),
                            "erasedAt", time(erasure.erasedAt()),
                            "entries", number(entries),
                            "request", text(erasure.askedBy())))
                    .conditionExpression("attribute_not_exists(customerId)"))
        .build();
  }

  /** The same for a number that may have been erased before: of that, nothing is changed. */
  TransactWriteItem remember(Erasure erasure, String customerId) {
    var change =
        "SET #erasedAt = if_not_exists(#erasedAt, :at), #request = if_not_exists(#request, :by)";
    return TransactWriteItem.builder()
        .update(
            update ->
                update
                    .tableName(table)
                    .key(Map.of("customerId", text(customerId)))
                    .updateExpression(change)
                    .expressionAttributeNames(Attributes.names(change))
                    .expressionAttributeValues(
                        Map.of(":at", time(erasure.erasedAt()), ":by", text(erasure.askedBy()))))
        .build();
  }
}
