package io.vestibule.store.mail;

import static io.vestibule.store.Attributes.number;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;
import static java.util.stream.Collectors.toMap;

import io.vestibule.store.Attributes;
import io.vestibule.store.RowChange;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Map.Entry;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Stops all mail when too much of it bounces for good or is complained about: the ninth such among
 * the last 200 mails opens it, as more than 4 % have then failed. SES puts an account under review
 * at 5 % of bounces, and stops it at 10 % with all else that sends from it.
 *
 * <p>Two rows beside the mail limits. {@code sent} counts the mails that SES took. {@code breaker}
 * remembers each failed mail by SES's number of the message, together with what {@code sent} said
 * when that was learned; it forgets those that are 200 mails old. A bounce that is learned of late
 * thus counts as if its mail were newer than it is, which errs on the side of stopping.
 *
 * @see <a href="https://docs.aws.amazon.com/ses/latest/dg/reputationdashboard-messages.html">Status
 *     messages of the reputation dashboard</a>
 */
public final class MailBreaker {

  static final String KEY = "breaker";

  private static final String SENT = "sent";
  private static final int WINDOW = 200;
  private static final int TOLERATED = 8;

  /** More than there can be others that change the row at the same moment. */
  private static final int ATTEMPTS = 20;

  private final DynamoDbClient dynamoDb;
  private final String table;

  public MailBreaker(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /**
   * What the row says.
   *
   * @param version counts its changes, so that none is made on what was read before another
   * @param failed what {@code sent} said when a mail's failure was learned, by the mail
   */
  private record State(boolean isOpen, long version, Map<String, Long> failed) {

    static State read(Map<String, AttributeValue> row) {
      var failed =
          row.containsKey("failed") ? row.get("failed").m() : Map.<String, AttributeValue>of();
      return new State(
          row.containsKey("openedAt"),
          count(row, "version"),
          failed.entrySet().stream()
              .collect(toMap(Entry::getKey, mail -> Long.parseLong(mail.getValue().n()))));
    }

    /** With one more failed mail, and without those that are too old to matter. */
    State with(String message, long sent) {
      var recent = new HashMap<>(failed);
      recent.put(message, sent);
      recent.values().removeIf(number -> number <= sent - WINDOW);
      return new State(recent.size() > TOLERATED, version + 1, recent);
    }

    AttributeValue failedAttribute() {
      return AttributeValue.fromM(
          failed.entrySet().stream()
              .collect(toMap(Entry::getKey, mail -> number(mail.getValue()))));
    }
  }

  /** Counts a mail that SES has taken. */
  public void countSent() {
    var change = "ADD #sent :one";
    dynamoDb.updateItem(
        update ->
            update
                .tableName(table)
                .key(Map.of("key", text(SENT)))
                .updateExpression(change)
                .expressionAttributeNames(Attributes.names(change))
                .expressionAttributeValues(Map.of(":one", number(1))));
  }

  /** Whether all mail is stopped. */
  public boolean isOpen() {
    return State.read(row(KEY)).isOpen();
  }

  /**
   * Remembers that a mail bounced for good, or was complained about. The same mail counts once, as
   * long as it is remembered; while the breaker is open, nothing has to be.
   *
   * @param message SES's number of the message
   * @return whether this opened the breaker
   * @throws IllegalStateException if others change the row all the time; to be tried again
   */
  public boolean recordFailure(String message, Instant now) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var state = State.read(row(KEY));
      if (state.isOpen() || state.failed().containsKey(message)) {
        return false;
      }
      var next = state.with(message, count(row(SENT), SENT));
      if (replace(state, next, now)) {
        return next.isOpen();
      }
    }
    throw new IllegalStateException("others change the breaker all the time");
  }

  /**
   * Lets mails out again, and forgets every failure until now.
   *
   * @return whether they were stopped
   */
  public boolean close() {
    return new RowChange(
            table,
            Map.of("key", text(KEY)),
            "SET #version = #version + :one REMOVE #openedAt, #failed",
            "attribute_exists(#openedAt)",
            Map.of(":one", number(1)))
        .apply(dynamoDb);
  }

  private boolean replace(State before, State after, Instant now) {
    var values =
        new HashMap<>(
            Map.of(
                ":failed", after.failedAttribute(),
                ":next", number(after.version())));
    if (after.isOpen()) {
      values.put(":now", time(now));
    }
    if (before.version() > 0) {
      values.put(":before", number(before.version()));
    }
    return new RowChange(
            table,
            Map.of("key", text(KEY)),
            "SET #failed = :failed, #version = :next"
                + (after.isOpen() ? ", #openedAt = :now" : ""),
            before.version() > 0 ? "#version = :before" : "attribute_not_exists(#version)",
            values)
        .apply(dynamoDb);
  }

  private Map<String, AttributeValue> row(String key) {
    return dynamoDb
        .getItem(get -> get.tableName(table).key(Map.of("key", text(key))).consistentRead(true))
        .item();
  }

  private static long count(Map<String, AttributeValue> row, String column) {
    return row.containsKey(column) ? Long.parseLong(row.get(column).n()) : 0;
  }
}
