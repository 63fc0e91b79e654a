package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.RowId;
import io.vestibule.core.Status;
import io.vestibule.store.RowChange;
import java.time.Instant;
import java.util.HashMap;
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

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final String spared;

  private RowsByEmail(DynamoDbClient dynamoDb, String table, String spared) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.spared = spared;
  }

  public static RowsByEmail ofSubmissions(DynamoDbClient dynamoDb, String table) {
    return new RowsByEmail(dynamoDb, table, "");
  }

  /**
   * Requests that were confirmed are spared: each is worked on, finds nobody any more, and is
   * answered, which empties it.
   */
  public static RowsByEmail ofRequests(DynamoDbClient dynamoDb, String table) {
    return new RowsByEmail(dynamoDb, table, " AND NOT #status IN (:verified, :erasing)");
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
        .flatMap(id -> time(item, "createdAt").map(at -> new Row(id, at)));
  }

  /**
   * Empties a row, whatever state it is in.
   *
   * @return whether there was anything to empty
   */
  public boolean erase(RowId id, String emailIndex, Instant now) {
    return erase(id, emailIndex, now, "");
  }

  /**
   * Empties a row that nobody has confirmed, and of which there is nothing elsewhere.
   *
   * @return whether it was one
   */
  public boolean eraseUnconfirmed(RowId id, String emailIndex, Instant now) {
    // No public function can write when a row was done, and that ends whatever has a copy.
    return erase(
        id, emailIndex, now, " AND attribute_not_exists(#doneAt) AND attribute_not_exists(#proof)");
  }

  private boolean erase(RowId id, String emailIndex, Instant now, String condition) {
    var values = new HashMap<String, AttributeValue>();
    values.put(":erased", text(Status.ERASED.name()));
    values.put(":emailIndex", text(emailIndex));
    values.put(":now", time(now));
    values.put(":expiresAt", seconds(now.plus(Tombstone.KEPT)));
    if (!spared.isEmpty()) {
      values.put(":verified", text(Status.VERIFIED.name()));
      values.put(":erasing", text(Status.ERASING.name()));
    }
    return new RowChange(
            table,
            Submissions.key(id),
            """
            SET #status = :erased, #doneAt = :now, #expiresAt = :expiresAt \
            REMOVE #open, #sealed, #proof, #emailIndex, #leaseUntil, #heldAt, #reason, #tokenHash""",
            "attribute_exists(#id) AND #emailIndex = :emailIndex" + spared + condition,
            values)
        .apply(dynamoDb);
  }
}
