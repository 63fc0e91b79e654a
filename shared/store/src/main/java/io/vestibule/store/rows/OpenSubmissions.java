package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.anyTime;
import static io.vestibule.store.Attributes.number;
import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.RowId;
import io.vestibule.core.Status;
import io.vestibule.store.Attributes;
import io.vestibule.store.BatchRead;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The table of submissions, or that of requests, as the reconciler uses it: find what has been open
 * for long, and wake it.
 *
 * <p>Every change is made only if the row is as it was read. So of two reconcilers one wins, and a
 * press, a mailer or storage that was faster is never undone.
 */
public final class OpenSubmissions {

  private final DynamoDbClient dynamoDb;
  private final String table;

  public OpenSubmissions(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /** A round of the open rows of a status. */
  public Round round(Status status, RandomGenerator random) {
    return new Round(dynamoDb, table, status, random);
  }

  /**
   * All open rows that the index has in a status and that were created before a time. They are read
   * as the stream is; one that has moved since says so in its status.
   */
  public Stream<OpenRow> rowsCreatedBefore(Status status, Instant time) {
    return read(OpenWork.all(status).stream().flatMap(open -> find(open, time)));
  }

  /**
   * Some rows, the oldest first.
   *
   * @param until up to when they are all that there are; empty if there are no more at all
   */
  public record Oldest(List<OpenRow> rows, Optional<Instant> until) {}

  /**
   * The oldest open rows of a status that were created after a time. Rows of one moment are not
   * divided (see {@link OldestOpen}). The index lags by moments.
   *
   * @param most about how many are looked for by each of the eight values
   */
  public Oldest oldest(Status status, Instant after, int most) {
    var found = OldestOpen.of(dynamoDb, table, List.of(status), after, most);
    var rows = read(found.ids()).sorted(Comparator.comparing(OpenRow::createdAt)).toList();
    return new Oldest(rows, found.until());
  }

  private Stream<RowId> find(String open, Instant time) {
    var condition = "#open = :open AND #createdAt < :time";
    return dynamoDb
        .queryPaginator(
            query ->
                query
                    .tableName(table)
                    .indexName("byOpen")
                    .keyConditionExpression(condition)
                    .expressionAttributeNames(Attributes.names(condition))
                    .expressionAttributeValues(Map.of(":open", text(open), ":time", time(time))))
        .items()
        .stream()
        .flatMap(item -> text(item, "id").flatMap(RowId::parse).stream());
  }

  /**
   * The rows of an address that were created after a time, as far as the index {@code byEmail} has
   * them, which lags by moments.
   *
   * @param most how many of them are read, in no order
   */
  public List<OpenRow> newerOf(String emailIndex, Instant time, int most) {
    var ids =
        new ByEmail(dynamoDb, table)
            .items(emailIndex, "#id, #createdAt")
            .filter(item -> anyTime(item, "createdAt").filter(time::isBefore).isPresent())
            .flatMap(item -> text(item, "id").flatMap(RowId::parse).stream())
            .limit(most);
    return read(ids).toList();
  }

  /** The rows as they are now; those that are gone, or that intake never wrote, are left out. */
  public List<OpenRow> read(Collection<RowId> ids) {
    return read(ids.stream()).toList();
  }

  private Stream<OpenRow> read(Stream<RowId> ids) {
    return new BatchRead(dynamoDb, table, "id", OpenRow.COLUMNS)
        .rows(ids.map(RowId::value))
        .flatMap(item -> OpenRow.read(item).stream());
  }

  /**
   * Touches a row in the state that it is in, which makes a new record for its stream.
   *
   * @param touches how often in a row, with this time
   * @return whether the row was as it was read
   */
  public boolean touch(OpenRow row, int touches, Instant now) {
    return change(
        Transitions.TOUCH,
        row,
        row.touchedAt(),
        Map.of(":now", time(now), ":touches", number(touches)));
  }

  /**
   * Sets a row back to PENDING that its mailer has left behind. If the mail did go out, the next
   * one carries the same link.
   *
   * @param touches how often in a row, with this time
   * @return whether the row was as it was read
   */
  public boolean mailAgain(OpenRow row, int touches, Instant now) {
    return change(
        Transitions.MAIL_AGAIN,
        row,
        row.leaseUntil(),
        Map.of(":now", time(now), ":touches", number(touches)));
  }

  /**
   * Hands a row to the mailer again that was held for something that has passed.
   *
   * @param endsAt when it is deleted unless it is confirmed
   * @param pausedFor how much longer that is than its form says
   * @return whether the row was as it was read
   */
  public boolean mailHeld(OpenRow row, Instant endsAt, Duration pausedFor, Instant now) {
    var values = new HashMap<>(Map.of(":endsAt", seconds(endsAt), ":now", time(now)));
    if (pausedFor.isPositive()) {
      values.put(":pausedFor", number(pausedFor.toSeconds()));
    }
    return change(Transitions.MAIL_HELD, row, row.heldAt(), values);
  }

  /**
   * Wakes a request that is done for its last mail.
   *
   * @return whether the row was as it was read, and its sender is still to be told
   */
  public boolean wakeLastMail(OpenRow row, Instant now) {
    var values = new HashMap<>(Map.of(":now", time(now)));
    row.leaseUntil().ifPresent(before -> values.put(":before", time(before)));
    return Transitions.WAKE_LAST_MAIL.change(table, row.id(), values).apply(dynamoDb);
  }

  /**
   * Takes from a request what its last mail would need.
   *
   * @return whether it was still there
   */
  public boolean forgetLastMail(OpenRow row) {
    return Transitions.FORGET_LAST_MAIL.change(table, row.id(), Map.of()).apply(dynamoDb);
  }

  /**
   * Leaves a request held, as a newer one of its sender was mailed.
   *
   * @return whether the row was as it was read
   */
  public boolean passOver(OpenRow row, Instant now) {
    return change(Transitions.PASS_OVER, row, row.heldAt(), Map.of(":now", time(now)));
  }

  /**
   * Changes a row as it was read.
   *
   * @param before what the column had that the transition compares; empty if it was absent
   */
  private boolean change(
      Transition transition,
      OpenRow row,
      Optional<Instant> before,
      Map<String, AttributeValue> values) {
    var all = new HashMap<>(values);
    all.put(":status", text(row.status().name()));
    before.ifPresent(time -> all.put(":before", time(time)));
    return transition.change(table, row.id(), all).apply(dynamoDb);
  }
}
