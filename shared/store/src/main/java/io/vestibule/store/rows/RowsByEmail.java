package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.anyTime;
import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;
import static java.util.Comparator.comparing;

import io.vestibule.core.RowId;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * The submissions or the requests table as an erasure uses it: it finds the rows of an address, by
 * the index {@code byEmail}, and empties them.
 */
public final class RowsByEmail {

  private static final String COLUMNS = "#id, #createdAt";

  /** Any will do, as any link serves every right. */
  private static final int MOST_PASSED_OVER = 100;

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final Transition erase;

  private RowsByEmail(DynamoDbClient dynamoDb, String table, Transition erase) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.erase = erase;
  }

  public static RowsByEmail ofSubmissions(DynamoDbClient dynamoDb, String table) {
    return new RowsByEmail(dynamoDb, table, Transitions.ERASE_SUBMISSION);
  }

  /**
   * Requests that were confirmed are spared: each is worked on, finds nobody any more, and is
   * answered, which empties it.
   */
  public static RowsByEmail ofRequests(DynamoDbClient dynamoDb, String table) {
    return new RowsByEmail(dynamoDb, table, Transitions.ERASE_REQUEST);
  }

  /** A row of the address, and when it was created. */
  public record Row(RowId id, Instant createdAt) {}

  /**
   * The rows that were created until a time, page by page; the index lags by moments. A page may be
   * empty.
   */
  public Iterator<List<Row>> createdUntil(String emailIndex, Instant time) {
    var pages =
        new ByEmail(dynamoDb, table)
            .pages(emailIndex, COLUMNS, "#createdAt <= :time", Map.of(":time", time(time)));
    return pages.stream().map(RowsByEmail::rows).iterator();
  }

  /** Some of the rows, as many as there are but no more than {@code most}. */
  public List<Row> some(String emailIndex, int most) {
    return new ByEmail(dynamoDb, table)
        .items(emailIndex, COLUMNS)
        .limit(most)
        .flatMap(item -> read(item).stream())
        .toList();
  }

  private static List<Row> rows(QueryResponse page) {
    return page.items().stream().flatMap(item -> read(item).stream()).toList();
  }

  private static Optional<Row> read(Map<String, AttributeValue> item) {
    return text(item, "id")
        .flatMap(RowId::parse)
        .flatMap(id -> anyTime(item, "createdAt").map(at -> new Row(id, at)));
  }

  /**
   * Empties a row, whatever state it is in.
   *
   * @return whether there was anything to empty
   */
  public boolean erase(RowId id, String emailIndex, Instant now) {
    return erase(erase, id, emailIndex, now);
  }

  /**
   * Empties a request that nobody has confirmed, and of which there is nothing elsewhere.
   *
   * @return whether it was one
   */
  public boolean eraseUnconfirmed(RowId id, String emailIndex, Instant now) {
    return erase(Transitions.ERASE_UNCONFIRMED_REQUEST, id, emailIndex, now);
  }

  /**
   * Has the newest request of an address wait for its day that was passed over, if there is one.
   */
  void waitAgain(String emailIndex) {
    var _ =
        some(emailIndex, MOST_PASSED_OVER).stream()
            .sorted(comparing(Row::createdAt).reversed())
            .anyMatch(row -> waitAgain(row.id(), emailIndex));
  }

  boolean waitAgain(RowId id, String emailIndex) {
    return Transitions.WAIT_AGAIN
        .change(table, id, Map.of(":emailIndex", text(emailIndex)))
        .apply(dynamoDb);
  }

  private boolean erase(Transition transition, RowId id, String emailIndex, Instant now) {
    return transition
        .change(
            table,
            id,
            Map.of(
                ":emailIndex", text(emailIndex),
                ":now", time(now),
                ":expiresAt", seconds(now.plus(Tombstone.KEPT))))
        .apply(dynamoDb);
  }
}
