package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.Status;
import io.vestibule.store.Attributes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** The requests table as deadlines need it: what is open and must be answered, and by when. */
public final class DueRequests {

  /** The most that DynamoDB reads in one BatchGetItem. */
  private static final int BATCH = 100;

  /** Nothing is owed to a request that its owner has not confirmed. */
  private static final List<Status> OWED = List.of(Status.VERIFIED, Status.ERASING, Status.HELD);

  private static final String COLUMNS = "#id, #status, #createdAt, #verifiedAt, #dueAt";

  private final DynamoDbClient dynamoDb;
  private final String table;

  public DueRequests(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /** An open request. */
  public record Due(String id, Instant createdAt, Instant dueAt) {}

  /** All that are open, or held, and have a time by which they are due. */
  public List<Due> open() {
    var keys =
        OWED.stream().flatMap(status -> OpenWork.keys(dynamoDb, table, status)).distinct().toList();
    return Stream.iterate(0, from -> from < keys.size(), from -> from + BATCH)
        .flatMap(from -> read(keys.subList(from, Math.min(from + BATCH, keys.size()))))
        .toList();
  }

  private Stream<Due> read(List<Map<String, AttributeValue>> keys) {
    var batch =
        KeysAndAttributes.builder()
            .keys(keys)
            .projectionExpression(COLUMNS)
            .expressionAttributeNames(Attributes.names(COLUMNS))
            .build();
    return dynamoDb.batchGetItemPaginator(get -> get.requestItems(Map.of(table, batch))).stream()
        .flatMap(page -> page.responses().getOrDefault(table, List.of()).stream())
        .flatMap(item -> due(item).stream());
  }

  /** Empty for one that was answered meanwhile, or that the mailer never got to. */
  private static Optional<Due> due(Map<String, AttributeValue> item) {
    return text(item, "status")
        .filter(status -> OWED.stream().anyMatch(owed -> owed.name().equals(status)))
        // What is held before its owner could confirm it is owed nothing.
        .filter(status -> !status.equals(Status.HELD.name()) || item.containsKey("verifiedAt"))
        .flatMap(_ -> time(item, "dueAt"))
        .flatMap(
            dueAt ->
                time(item, "createdAt")
                    .map(at -> new Due(text(item, "id").orElseThrow(), at, dueAt)));
  }
}
