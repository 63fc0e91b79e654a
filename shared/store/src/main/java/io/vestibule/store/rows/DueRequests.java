package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.anyTime;
import static io.vestibule.store.Attributes.text;

import io.vestibule.core.Status;
import io.vestibule.store.BatchRead;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The requests table as deadlines need it: what is open and must be answered, and by when. */
public final class DueRequests {

  /** Nothing is owed to a request that its owner has not confirmed. */
  private static final List<Status> OWED = List.of(Status.VERIFIED, Status.ERASING, Status.HELD);

  private static final String COLUMNS =
      "#id, #status, #createdAt, #verifiedAt, #dueAt, #heldAt, #touchedAt";

  private final DynamoDbClient dynamoDb;
  private final String table;

  public DueRequests(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /**
   * An open request.
   *
   * @param isConfirmed whether its owner has confirmed it: if not, it was never mailed
   */
  public record Due(String id, Instant createdAt, Instant dueAt, boolean isConfirmed) {}

  /**
   * All that are open, or held, and have a time by which they are due; each once, also one that
   * goes from one status to another meanwhile. Only those are kept in mind: of what strangers leave
   * held, there may be any number.
   */
  public Stream<Due> open() {
    var ids = OWED.stream().flatMap(status -> OpenWork.ids(dynamoDb, table, status));
    var told = new HashSet<String>();
    return new BatchRead(dynamoDb, table, "id", COLUMNS)
        .rows(ids)
        .flatMap(item -> due(item).stream())
        .filter(due -> told.add(due.id()));
  }

  /**
   * Empty for one that was answered meanwhile, that the mailer never got to, that is held and no
   * customer's, or that gave way to a newer one, which was mailed.
   */
  private static Optional<Due> due(Map<String, AttributeValue> item) {
    return text(item, "status")
        .filter(status -> OWED.stream().anyMatch(owed -> owed.name().equals(status)))
        .filter(_ -> !isPassedOver(item))
        .flatMap(_ -> anyTime(item, "dueAt"))
        .flatMap(
            dueAt ->
                anyTime(item, "createdAt")
                    .map(
                        at ->
                            new Due(
                                text(item, "id").orElseThrow(),
                                at,
                                dueAt,
                                item.containsKey("verifiedAt"))));
  }

  /** It says so as long as it is held for the same. */
  private static boolean isPassedOver(Map<String, AttributeValue> item) {
    return !item.containsKey("verifiedAt")
        && anyTime(item, "touchedAt")
            .filter(at -> anyTime(item, "heldAt").filter(at::isAfter).isPresent())
            .isPresent();
  }
}
