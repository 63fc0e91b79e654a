package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.anyTime;
import static io.vestibule.store.Attributes.text;

import io.vestibule.core.Behalf;
import io.vestibule.core.DataRequest;
import io.vestibule.core.HeldReason;
import io.vestibule.core.RowId;
import io.vestibule.core.Status;
import io.vestibule.store.Attributes;
import io.vestibule.store.BatchRead;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Select;

/**
 * The requests table as staff look at it: what people ask about their own data, and by when they
 * must be answered. All of it is plain, and decides nothing: public functions can write it.
 */
public final class AskedRequests {

  /** Nothing is owed to a request that its owner has not confirmed, unless it is held. */
  private static final List<Status> OWED = List.of(Status.VERIFIED, Status.ERASING, Status.HELD);

  private static final String COLUMNS =
      "#id, #status, #kind, #reason, #createdAt, #verifiedAt, #dueAt, #doneAt, #behalf";

  private final DynamoDbClient dynamoDb;
  private final String table;

  public AskedRequests(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /**
   * A request.
   *
   * @param kind what is asked for; empty before the mailer has seen it
   * @param dueAt by when the law wants it answered; empty before the mailer has seen it
   * @param doneAt when it ended; empty if it has not
   * @param behalf that a member of staff has entered it; empty if it came by the form
   */
  public record Asked(
      RowId id,
      Status status,
      Optional<DataRequest.Kind> kind,
      Optional<HeldReason> reason,
      Instant createdAt,
      Optional<Instant> verifiedAt,
      Optional<Instant> dueAt,
      Optional<Instant> doneAt,
      Optional<Behalf> behalf) {

    /** Whether an answer is still owed. */
    public boolean isOwed() {
      return OWED.contains(status);
    }
  }

  /**
   * Some to which an answer is owed, the oldest first.
   *
   * @param until up to when they are all that there are; empty if there are no more at all
   */
  public record Oldest(List<Asked> requests, Optional<Instant> until) {}

  /**
   * The oldest to which an answer is owed, and which came in after a time. Those of one moment are
   * not divided (see {@link OldestOpen}).
   *
   * @param most about how many are looked for by each value of {@code open}, of which there are 24
   */
  public Oldest oldest(Instant after, int most) {
    var found = OldestOpen.of(dynamoDb, table, OWED, after, most);
    var requests =
        new BatchRead(dynamoDb, table, "id", COLUMNS)
            .rows(found.ids().map(RowId::value))
            .flatMap(item -> read(item).stream())
            .filter(Asked::isOwed)
            .sorted(Comparator.comparing(Asked::createdAt).thenComparing(it -> it.id().value()))
            .toList();
    return new Oldest(requests, found.until());
  }

  /**
   * All that there are, also those that have ended, as long as their rows live; in no order. The
   * table is read as the stream is.
   */
  public Stream<Asked> all() {
    return dynamoDb
        .scanPaginator(
            scan ->
                scan.tableName(table)
                    .select(Select.SPECIFIC_ATTRIBUTES)
                    .projectionExpression(COLUMNS)
                    .expressionAttributeNames(Attributes.names(COLUMNS)))
        .items()
        .stream()
        .flatMap(item -> read(item).stream());
  }

  /**
   * An item as a request.
   *
   * @return empty if none of ours wrote it
   */
  static Optional<Asked> read(Map<String, AttributeValue> item) {
    try {
      return Optional.of(
          new Asked(
              text(item, "id").flatMap(RowId::parse).orElseThrow(),
              Status.valueOf(text(item, "status").orElseThrow()),
              text(item, "kind").flatMap(DataRequest.Kind::parse),
              text(item, "reason").flatMap(HeldReason::of),
              anyTime(item, "createdAt").orElseThrow(),
              anyTime(item, "verifiedAt"),
              anyTime(item, "dueAt"),
              anyTime(item, "doneAt"),
              text(item, "behalf").flatMap(Behalf::parse)));
    } catch (NoSuchElementException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
