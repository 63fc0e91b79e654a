package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.text;

import io.vestibule.core.Deadline;
import io.vestibule.core.HeldReason;
import io.vestibule.core.Status;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The submissions table as a request's answer asks it whether something of the address is on its
 * way to become a customer's; the index lags by moments.
 */
public final class ConfirmedSubmissions {

  private static final String STORED = "#status = :verified";

  /** What a mailer puts aside for these reasons it could not open, and so has no address. */
  private static final String DECIDED = "(#status = :held AND #reason IN (:unreadable, :tooLarge))";

  private static final Map<String, AttributeValue> STORED_VALUES =
      Map.of(":verified", text(Status.VERIFIED.name()));

  private static final Map<String, AttributeValue> DECIDED_VALUES =
      Map.of(
          ":verified", text(Status.VERIFIED.name()),
          ":held", text(Status.HELD.name()),
          ":unreadable", text(HeldReason.UNREADABLE.code()),
          ":tooLarge", text(HeldReason.TOO_LARGE.code()));

  private final ByEmail byEmail;

  public ConfirmedSubmissions(DynamoDbClient dynamoDb, String table) {
    this.byEmail = new ByEmail(dynamoDb, table);
  }

  /**
   * Whether something may be confirmed and waits for storage.
   *
   * @param deadline when to look no further, and say so: thousands may have the address
   */
  public boolean mayBeStored(String emailIndex, Deadline deadline) {
    return may(emailIndex, STORED, STORED_VALUES, deadline);
  }

  /** The same, or is put aside after it was confirmed, and a person may yet release it. */
  public boolean mayBeStoredSomeDay(String emailIndex, Deadline deadline) {
    return may(emailIndex, STORED + " OR " + DECIDED, DECIDED_VALUES, deadline);
  }

  private boolean may(
      String emailIndex, String filter, Map<String, AttributeValue> values, Deadline deadline) {
    for (var page : byEmail.pages(emailIndex, "#id", filter, values)) {
      if (!page.items().isEmpty()) {
        return true;
      }
      if (deadline.isOver() && !page.lastEvaluatedKey().isEmpty()) {
        return true;
      }
    }
    return false;
  }
}
