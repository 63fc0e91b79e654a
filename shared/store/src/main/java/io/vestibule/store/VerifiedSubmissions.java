package io.vestibule.store;

import static io.vestibule.store.Attributes.bytes;
import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.HeldReason;
import io.vestibule.core.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * The submissions table as storage uses it: a verified row becomes a tombstone, or is put aside.
 */
public final class VerifiedSubmissions {

  /** So long a second press of the button gets a kind answer. */
  private static final Duration TOMBSTONE = Duration.ofDays(30);

  private final DynamoDbClient dynamoDb;
  private final String table;

  public VerifiedSubmissions(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  TransactWriteItem done(SubmissionRow row, byte[] proof, Instant now) {
    return tombstone(row, proof, Status.DONE, now).inTransaction();
  }

  /** What the row held was erased, at its sender's request, before it was stored. */
  public void erased(SubmissionRow row, byte[] proof, Instant now) {
    tombstone(row, proof, Status.ERASED, now).apply(dynamoDb);
  }

  private RowChange tombstone(SubmissionRow row, byte[] proof, Status end, Instant now) {
    return whileVerified(
        row,
        """
        SET #status = :end, #doneAt = :now, #expiresAt = :expiresAt \
        REMOVE #open, #sealed, #proof, #emailIndex, #leaseUntil""",
        "attribute_exists(#id) AND #status = :verified AND #proof = :proof",
        Map.of(
            ":end", text(end.name()),
            ":proof", bytes(proof),
            ":now", time(now),
            ":expiresAt", seconds(now.plus(TOMBSTONE))));
  }

  /** Puts the row aside, with the reason, until a person decides or {@code expiresAt} passes. */
  public void hold(SubmissionRow row, HeldReason reason, Instant expiresAt) {
    whileVerified(
            row,
            "SET #status = :held, #open = :open, #reason = :reason, #expiresAt = :expiresAt",
            "attribute_exists(#id) AND #status = :verified",
            Map.of(
                ":held", text(Status.HELD.name()),
                ":open", text(OpenWork.of(Status.HELD, row.id())),
                ":reason", text(reason.code()),
                ":expiresAt", seconds(expiresAt)))
        .apply(dynamoDb);
  }

  private RowChange whileVerified(
      SubmissionRow row, String change, String condition, Map<String, AttributeValue> values) {
    var all = new HashMap<>(values);
    all.put(":verified", text(Status.VERIFIED.name()));
    return new RowChange(table, Submissions.key(row.id()), change, condition, all);
  }
}
