package io.vestibule.store;

import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What retention remembers from one day to the next: the row {@code retention} beside the mail
 * limits. It has no end.
 */
public final class RetentionNotice {

  private static final String KEY = "retention";
  private static final String COLUMNS = "#key, #rules, #announcedAt, #begun, #begunAt";

  private final DynamoDbClient dynamoDb;
  private final String table;

  public RetentionNotice(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /** An erasure that was begun, by the address's keyed hash and the customer's number. */
  public record Begun(String emailIndex, String customerId) {}

  /**
   * The row.
   *
   * @param rules those that were announced; empty if none ever were
   * @param begun the erasures of the last run, to be looked after once more
   */
  public record State(
      String rules, Optional<Instant> announcedAt, List<Begun> begun, Optional<Instant> begunAt) {}

  public State read() {
    var item =
        dynamoDb
            .getItem(
                get ->
                    get.tableName(table)
                        .key(key())
                        .consistentRead(true)
                        .projectionExpression(COLUMNS)
                        .expressionAttributeNames(Attributes.names(COLUMNS)))
            .item();
    return new State(
        text(item, "rules").orElse(""),
        time(item, "announcedAt"),
        Stream.ofNullable(item.get("begun"))
            .flatMap(list -> list.l().stream())
            .map(AttributeValue::m)
            .map(RetentionNotice::begun)
            .toList(),
        time(item, "begunAt"));
  }

  private static Begun begun(Map<String, AttributeValue> one) {
    return new Begun(text(one, "emailIndex").orElseThrow(), text(one, "customerId").orElseThrow());
  }

  /** The rules are announced: nobody is erased by them before the time of the notice is over. */
  public void announce(String rules, Instant now) {
    update(
        "SET #rules = :rules, #announcedAt = :now",
        Map.of(":rules", text(rules), ":now", time(now)));
  }

  /** Erasures are about to begin: whoever dies over them is followed by a run that knows. */
  public void begin(List<Begun> all, Instant now) {
    var list =
        all.stream()
            .map(
                one ->
                    AttributeValue.fromM(
                        Map.of(
                            "emailIndex", text(one.emailIndex()),
                            "customerId", text(one.customerId()))))
            .toList();
    update(
        "SET #begun = :begun, #begunAt = :now",
        Map.of(":begun", AttributeValue.fromL(list), ":now", time(now)));
  }

  private void update(String change, Map<String, AttributeValue> values) {
    dynamoDb.updateItem(
        update ->
            update
                .tableName(table)
                .key(key())
                .updateExpression(change)
                .expressionAttributeNames(Attributes.names(change))
                .expressionAttributeValues(values));
  }

  private static Map<String, AttributeValue> key() {
    return Map.of("key", text(KEY));
  }
}
