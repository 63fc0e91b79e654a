package io.vestibule.store.people;

import io.vestibule.store.Cancellation;
import io.vestibule.store.audit.AuditLog;
import io.vestibule.store.people.Entries.EntryRow;
import io.vestibule.store.rows.SubmissionRow;
import io.vestibule.store.rows.VerifiedSubmissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The one transaction by which a verified submission becomes part of a customer: customer,
 * identity, entry, tombstone and line of the audit are written together, or nothing is.
 */
public final class CustomerTransaction {

  /** Places in the transaction, by which AWS tells what failed. */
  private static final int SUBMISSION = 0;

  private static final int ERASED_MARKER = 1;

  private static final int ENTRY = 2;

  private final DynamoDbClient dynamoDb;
  private final VerifiedSubmissions submissions;
  private final Identities identities;
  private final Customers customers;
  private final Entries entries;
  private final ErasedAddresses erasedAddresses;
  private final AuditLog audit;

  public CustomerTransaction(
      DynamoDbClient dynamoDb,
      VerifiedSubmissions submissions,
      Identities identities,
      Customers customers,
      Entries entries,
      ErasedAddresses erasedAddresses,
      AuditLog audit) {
    this.dynamoDb = dynamoDb;
    this.submissions = submissions;
    this.identities = identities;
    this.customers = customers;
    this.entries = entries;
    this.erasedAddresses = erasedAddresses;
    this.audit = audit;
  }

  /**
   * What is to be written.
   *
   * @param proof the proof of the press, as it was checked
   * @param entry what was handed in, by itself
   * @param before what stands for what was stored before there were entries; empty if it is there,
   *     or nothing was
   * @param beside that others are to be told of it, and what staff find it by
   */
  public record Write(
      SubmissionRow submission,
      byte[] proof,
      CustomerVersion customer,
      EntryRow entry,
      Optional<EntryRow> before,
      List<TransactWriteItem> beside) {}

  /** What came of it. */
  public enum Result {
    /** Everything is written. */
    STORED,
    /**
     * The row is not as it was: done before, as after a redelivery; or changed since, and then the
     * stream has a newer record of it.
     */
    SUPERSEDED,
    /** The person was erased after handing this in, which covers it. */
    ERASED,
    /** A marker says so that does not prove it. */
    ERASURE_UNPROVEN,
    /** Its entry is there: it was stored before, or somebody has put a row in the entry's place. */
    ENTRY_TAKEN,
    /** Somebody else changed the customer meanwhile: read again and start over. */
    CONFLICT
  }

  public Result commit(Write write, Instant now) {
    var customer = write.customer();
    var row = customer.row();
    var writes =
        new ArrayList<>(
            List.of(
                submissions.done(write.submission(), write.proof(), now),
                erasedAddresses.absentSince(
                    customer.identity().emailIndex(), write.entry().receivedAt()),
                entries.add(write.entry(), now),
                identities.put(customer, now),
                customers.put(customer, now),
                audit.stored(row.customerId(), row.version(), write.submission().id(), now)));
    write.before().ifPresent(before -> writes.add(entries.add(before, now)));
    writes.addAll(write.beside());
    try {
      dynamoDb.transactWriteItems(request -> request.transactItems(writes));
      return Result.STORED;
    } catch (TransactionCanceledException e) {
      return resultOf(e, write);
    }
  }

  /** The order matters: a row that is done is done, whatever else does not fit any more. */
  private Result resultOf(TransactionCanceledException canceled, Write write) {
    var cancellation = Cancellation.of(canceled);
    if (cancellation.failedAt(SUBMISSION)) {
      return Result.SUPERSEDED;
    }
    cancellation.requireFitAt(SUBMISSION, canceled);
    if (cancellation.failedAt(ERASED_MARKER)) {
      var marker = cancellation.itemAt(ERASED_MARKER);
      return switch (erasedAddresses.coverage(write.customer().identity().emailIndex(), marker)) {
        case COVERED -> Result.ERASED;
        case UNPROVEN, NONE -> Result.ERASURE_UNPROVEN;
      };
    }
    if (cancellation.failedAt(ENTRY)) {
      return Result.ENTRY_TAKEN;
    }
    if (cancellation.isFailure() || cancellation.isConflict()) {
      return Result.CONFLICT;
    }
    throw canceled; // Throttled, say: starting over at once would make it worse.
  }
}
