package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.bytes;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.Behalf;
import io.vestibule.core.Choice;
import io.vestibule.core.Destination;
import io.vestibule.core.HeldReason;
import io.vestibule.core.RowId;
import io.vestibule.core.Status;
import io.vestibule.store.Cancellation;
import io.vestibule.store.ColumnRead;
import io.vestibule.store.rows.NewEntered.Decided;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** The requests table, as a member of staff enters requests for somebody. */
public final class EnteredRequests {

  private static final String COLUMNS =
      "#id, #form, #status, #reason, #createdAt, #sealed, #sealingKey, #linkNo, #proof, #behalf";

  private final DynamoDbClient dynamoDb;
  private final String table;

  public EnteredRequests(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /**
   * Enters one that is mailed to its sender.
   *
   * @param told what the audit has of it: both are written, or nothing is
   * @return false if there is a row of its id: nothing was written
   */
  public boolean addToBeMailed(NewEntered request, TransactWriteItem told) {
    return add(request.toBeMailed(), Transitions.ENTER_FOR_MAILBOX, told);
  }

  /** The same of one that is answered as if it had been pressed. */
  public boolean addConfirmed(NewEntered request, Decided decided, TransactWriteItem told) {
    return add(request.confirmed(decided), Transitions.ENTER_CONFIRMED, told);
  }

  /** The same of one that a second person has to confirm. */
  public boolean addWaiting(NewEntered request, Decided decided, TransactWriteItem told) {
    return add(request.waiting(decided), Transitions.ENTER_FOR_SECOND, told);
  }

  private boolean add(Map<String, AttributeValue> item, Addition how, TransactWriteItem told) {
    var row =
        TransactWriteItem.builder()
            .put(put -> put.tableName(table).item(item).conditionExpression(how.condition()))
            .build();
    return write(row, told);
  }

  private boolean write(TransactWriteItem row, TransactWriteItem told) {
    try {
      dynamoDb.transactWriteItems(write -> write.transactItems(row, told));
      return true;
    } catch (TransactionCanceledException e) {
      var why = Cancellation.of(e);
      if (why.failedAt(0) || why.isConflict()) {
        return false; // Somebody else was faster.
      }
      throw e;
    }
  }

  /**
   * One that waits for a second person, as its row says: nothing of it is proven.
   *
   * @param entered what shows who has entered it
   */
  public record Waiting(SubmissionRow row, Behalf behalf, byte[] entered) {}

  /** The request of a number; empty if it waits for no second person. */
  public Optional<Waiting> waiting(RowId id) {
    var item = new ColumnRead(dynamoDb, table, "id", COLUMNS).row(id.value());
    boolean isWaiting =
        text(item, "status").filter(Status.HELD.name()::equals).isPresent()
            && text(item, "reason").filter(HeldReason.SECOND_PERSON.code()::equals).isPresent();
    return isWaiting ? waiting(item) : Optional.empty();
  }

  private static Optional<Waiting> waiting(Map<String, AttributeValue> item) {
    return SubmissionRow.read(Destination.DELETION, item)
        .flatMap(
            row ->
                text(item, "behalf")
                    .flatMap(Behalf::parse)
                    .flatMap(behalf -> row.proof().map(proof -> new Waiting(row, behalf, proof))));
  }

  /**
   * It is as if it had been pressed, and the audit says who has confirmed it.
   *
   * @param behalf with the second one
   * @return false if it is not as it was read
   */
  public boolean confirm(
      Waiting request, Behalf behalf, Decided decided, Instant now, TransactWriteItem told) {
    var confirmed =
        Transitions.CONFIRM_ENTERED
            .change(
                table,
                request.row().id(),
                Map.of(
                    ":entered", bytes(request.entered()),
                    ":asked", text(decided.asked()),
                    ":choice", text(new Choice.Deed(decided.deed()).text()),
                    ":hash", bytes(decided.token().hash()),
                    ":proof", bytes(decided.proof()),
                    ":behalf", text(behalf.text()),
                    ":now", time(now)))
            .inTransaction();
    return write(confirmed, told);
  }
}
