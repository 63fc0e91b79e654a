package io.vestibule.store.people;

import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.OperatorCode;
import io.vestibule.store.Attributes;
import io.vestibule.store.RowChange;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What retention remembers from one day to the next: the row {@code retention} beside the mail
 * limits. It has no end.
 */
public final class RetentionNotice {

  private static final Logger LOG = LoggerFactory.getLogger(RetentionNotice.class);

  private static final String KEY = "retention";
  private static final String COLUMNS = "#key, #rules, #announcedAt, #begun";

  private final DynamoDbClient dynamoDb;
  private final String table;

  public RetentionNotice(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /**
   * An erasure that was begun.
   *
   * @param emailIndex the keyed hash of the address
   */
  public record Begun(String emailIndex, String customerId, Instant at) {}

  /**
   * The row.
   *
   * @param rules those that were announced; empty if none ever were
   * @param begun erasures to be looked after once more
   * @param column what the row has of them; more than those, if others have written to it
   */
  public record State(
      String rules,
      Optional<Instant> announcedAt,
      List<Begun> begun,
      Optional<AttributeValue> column) {

    /** The row after {@link RetentionNotice#begin}. */
    public State with(List<Begun> all) {
      return new State(rules, announcedAt, List.copyOf(all), RetentionNotice.column(all));
    }
  }

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
            .flatMap(one -> begun(one).stream())
            .toList(),
        Optional.ofNullable(item.get("begun")));
  }

  /** What is no entry of ours begins nothing, and goes when the column is next written. */
  private static Optional<Begun> begun(Map<String, AttributeValue> one) {
    var begun =
        text(one, "emailIndex")
            .flatMap(
                index ->
                    text(one, "customerId")
                        .flatMap(
                            number -> time(one, "at").map(at -> new Begun(index, number, at))));
    if (begun.isEmpty()) {
      LOG.error("An erasure is said to be begun by none of ours", OperatorCode.ROW_FORGED.entry());
    }
    return begun;
  }

  /** The rules are announced: nobody is erased by them before the time of the notice is over. */
  public void announce(String rules, Instant now) {
    var change = "SET #rules = :rules, #announcedAt = :now";
    dynamoDb.updateItem(
        update ->
            update
                .tableName(table)
                .key(key())
                .updateExpression(change)
                .expressionAttributeNames(Attributes.names(change))
                .expressionAttributeValues(Map.of(":rules", text(rules), ":now", time(now))));
  }

  /**
   * Writes down which erasures are about to begin, and forgets those that have settled. If a run
   * dies over them, the next one knows of them.
   *
   * @param before the row as it was read
   * @param all erasures that are to be looked after once more from now on
   * @return false if another run was faster; that run does the same
   */
  public boolean begin(State before, List<Begun> all) {
    var values = new HashMap<String, AttributeValue>();
    column(all).ifPresent(column -> values.put(":begun", column));
    before.column().ifPresent(column -> values.put(":before", column));
    var unchanged =
        before.column().isEmpty()
            ? "attribute_exists(#key) AND attribute_not_exists(#begun)"
            : "attribute_exists(#key) AND #begun = :before";
    var change = all.isEmpty() ? "REMOVE #begun" : "SET #begun = :begun";
    return switch (new RowChange(table, key(), change, unchanged, values).attempt(dynamoDb)) {
      case MADE -> true;
      case REFUSED -> false;
      case UNCLEAR -> read().column().equals(column(all));
    };
  }

  private static Optional<AttributeValue> column(List<Begun> all) {
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(AttributeValue.fromL(all.stream().map(RetentionNotice::value).toList()));
  }

  private static AttributeValue value(Begun one) {
    return AttributeValue.fromM(
        Map.of(
            "emailIndex", text(one.emailIndex()),
            "customerId", text(one.customerId()),
            "at", time(one.at())));
  }

  private static Map<String, AttributeValue> key() {
    return Map.of("key", text(KEY));
  }
}
