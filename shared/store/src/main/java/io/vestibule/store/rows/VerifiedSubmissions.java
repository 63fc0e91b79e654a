package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.bytes;
import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.HeldReason;
import io.vestibule.core.forms.Forms;
import io.vestibule.store.RowChange;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * The table of submissions as storage uses it, or that of requests as deletion does: a row that
 * says that it is confirmed is put aside if it cannot be carried out, and a submission becomes a
 * tombstone once it is stored, or once its sender was erased.
 *
 * <p>Every change is made only to the row that was judged: in the same state, with the same proof.
 */
public final class VerifiedSubmissions {

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final Forms forms;

  public VerifiedSubmissions(DynamoDbClient dynamoDb, String table, Forms forms) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.forms = forms;
  }

  public TransactWriteItem done(SubmissionRow row, byte[] proof, Instant now) {
    return end(Transitions.STORE_SUBMISSION, row, proof, now).inTransaction();
  }

  /** What the row held was erased, at its sender's request, before it was stored. */
  public void erased(SubmissionRow row, byte[] proof, Instant now) {
    end(Transitions.END_COVERED, row, proof, now).apply(dynamoDb);
  }

  /** The owner of the mailbox says that it was not them who handed it in. */
  public void disowned(SubmissionRow row, byte[] proof, Instant now) {
    end(Transitions.END_DISOWNED, row, proof, now).apply(dynamoDb);
  }

  /**
   * The same of a request. If others of its sender gave way to it, the newest waits for its own day
   * again, and does so first: this may die in between.
   */
  public void disowned(RequestRow request, byte[] proof, Instant now) {
    request
        .emailIndex()
        .ifPresent(index -> RowsByEmail.ofRequests(dynamoDb, table).waitAgain(index));
    disowned(request.row(), proof, now);
  }

  private RowChange end(Transition transition, SubmissionRow row, byte[] proof, Instant now) {
    return change(
        transition,
        row,
        Map.of(
            ":proof", bytes(proof),
            ":now", time(now),
            ":expiresAt", seconds(now.plus(Tombstone.KEPT))));
  }

  /**
   * Puts a row aside that says VERIFIED and has no right proof, until a person has looked at it or
   * the form's {@code keep.held} has passed. Only the row that was judged: another proof may have
   * come since.
   */
  public void holdForged(SubmissionRow row, Instant now) {
    var values = new HashMap<String, AttributeValue>();
    values.put(":reason", text(HeldReason.FORGED.code()));
    values.put(":expiresAt", seconds(now.plus(forms.heldFor(row.form()))));
    row.proof().ifPresent(proof -> values.put(":proof", bytes(proof)));
    change(Transitions.HOLD_FORGED, row, values).apply(dynamoDb);
  }

  /** Puts a row aside that somebody really confirmed. It has no end but a person's decision. */
  public void holdConfirmed(SubmissionRow row, byte[] proof, HeldReason reason) {
    change(
            Transitions.HOLD_CONFIRMED,
            row,
            Map.of(":reason", text(reason.code()), ":proof", bytes(proof)))
        .apply(dynamoDb);
  }

  private RowChange change(
      Transition transition, SubmissionRow row, Map<String, AttributeValue> values) {
    var all = new HashMap<>(values);
    all.put(":state", text(row.status().name()));
    return transition.change(table, row.id(), all);
  }
}
