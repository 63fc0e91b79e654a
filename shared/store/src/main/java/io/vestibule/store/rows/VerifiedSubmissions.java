package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.bytes;
import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.HeldReason;
import io.vestibule.core.Status;
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

  private static final String HOLD = "SET #status = :held, #open = :open, #reason = :reason";

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final Forms forms;

  public VerifiedSubmissions(DynamoDbClient dynamoDb, String table, Forms forms) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.forms = forms;
  }

  public TransactWriteItem done(SubmissionRow row, byte[] proof, Instant now) {
    return tombstone(row, proof, Status.DONE, now).inTransaction();
  }

  /** What the row held was erased, at its sender's request, before it was stored. */
  public void erased(SubmissionRow row, byte[] proof, Instant now) {
    tombstone(row, proof, Status.ERASED, now).apply(dynamoDb);
  }

  private RowChange tombstone(SubmissionRow row, byte[] proof, Status end, Instant now) {
    return whileSo(
        row,
        """
        SET #status = %s, #doneAt = :now, #expiresAt = :expiresAt \
        REMOVE #open, #sealed, #proof, #emailIndex, #leaseUntil"""
            .formatted(Transition.placeholder(end)),
        "attribute_exists(#id) AND #status = :state AND #proof = :proof",
        Map.of(
            Transition.placeholder(end),
            text(end.name()),
            ":proof",
            bytes(proof),
            ":now",
            time(now),
            ":expiresAt",
            seconds(now.plus(Tombstone.KEPT))));
  }

  /**
   * Puts a row aside that says VERIFIED and has no right proof, until a person has looked at it or
   * the form's {@code keep.held} has passed. Only the row that was judged: another proof may have
   * come since.
   */
  public void holdForged(SubmissionRow row, Instant now) {
    var values = new HashMap<>(held(row, HeldReason.FORGED));
    values.put(":expiresAt", seconds(now.plus(forms.heldFor(row.form()))));
    row.proof().ifPresent(proof -> values.put(":proof", bytes(proof)));
    whileSo(
            row,
            HOLD + ", #expiresAt = :expiresAt",
            "attribute_exists(#id) AND #status = :state AND "
                + (row.proof().isPresent() ? "#proof = :proof" : "attribute_not_exists(#proof)"),
            values)
        .apply(dynamoDb);
  }

  /** Puts a row aside that somebody really confirmed. It has no end but a person's decision. */
  public void holdConfirmed(SubmissionRow row, byte[] proof, HeldReason reason) {
    var values = new HashMap<>(held(row, reason));
    values.put(":proof", bytes(proof));
    whileSo(
            row,
            HOLD + " REMOVE #expiresAt",
            "attribute_exists(#id) AND #status = :state AND #proof = :proof",
            values)
        .apply(dynamoDb);
  }

  private static Map<String, AttributeValue> held(SubmissionRow row, HeldReason reason) {
    return Map.of(
        ":held", text(Status.HELD.name()),
        ":open", text(OpenWork.of(Status.HELD, row.id())),
        ":reason", text(reason.code()));
  }

  private RowChange whileSo(
      SubmissionRow row, String change, String condition, Map<String, AttributeValue> values) {
    var all = new HashMap<>(values);
    all.put(":state", text(row.status().name()));
    return new RowChange(table, Submissions.key(row.id()), change, condition, all);
  }
}
