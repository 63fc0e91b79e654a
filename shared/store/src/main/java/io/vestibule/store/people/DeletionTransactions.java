package io.vestibule.store.people;

import io.vestibule.core.AuditAction;
import io.vestibule.store.Cancellation;
import io.vestibule.store.Erasure;
import io.vestibule.store.RowChange;
import io.vestibule.store.audit.AuditLog;
import io.vestibule.store.people.Customers.CustomerRow;
import io.vestibule.store.people.ErasedAddresses.Coverage;
import io.vestibule.store.people.Identities.Identity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * What deletion does to a customer. Each deed is one transaction, in which the request that asked
 * for it moves on and the audit gets its entry; or nothing happens at all.
 */
public final class DeletionTransactions {

  private final DynamoDbClient dynamoDb;
  private final Identities identities;
  private final Customers customers;
  private final ErasedNumbers erasedNumbers;
  private final ErasedAddresses erasedAddresses;
  private final AuditLog audit;

  public DeletionTransactions(
      DynamoDbClient dynamoDb,
      Identities identities,
      Customers customers,
      ErasedNumbers erasedNumbers,
      ErasedAddresses erasedAddresses,
      AuditLog audit) {
    this.dynamoDb = dynamoDb;
    this.identities = identities;
    this.customers = customers;
    this.erasedNumbers = erasedNumbers;
    this.erasedAddresses = erasedAddresses;
    this.audit = audit;
  }

  /** What came of it. */
  public enum Result {
    DONE,
    /** The request is not as it was: done before, or changed since. */
    SUPERSEDED,
    /** Somebody else changed the person meanwhile: read again and start over. */
    CONFLICT
  }

  /**
   * Erases a customer: the key and the record go, the number is remembered. An erasure of this
   * address that came first has taken the key, so no marker of it can be in the way.
   *
   * @param request the change of the request that asked for it, if one did
   * @param customer as the table has it now
   * @param entries how many the customer has: each comes with a change of the customer
   */
  public Result erase(
      Erasure erasure,
      Optional<RowChange> request,
      Identity identity,
      CustomerRow customer,
      int entries) {
    return commit(
        request,
        erasedAddresses.put(erasure),
        identities.remove(identity),
        customers.remove(customer),
        erasedNumbers.add(erasure, customer.customerId(), entries),
        audit.erased(erasure, customer.customerId()));
  }

  /** Takes an identity whose customer was lost: the key goes, the number is remembered. */
  public Result forget(Erasure erasure, Identity identity) {
    return commit(
        Optional.empty(),
        identities.removeOrphan(identity),
        customers.absent(identity.customerId()),
        erasedNumbers.remember(erasure, identity.customerId()),
        audit.erased(erasure, identity.customerId()));
  }

  /** Takes a customer whose key was lost: the record goes, the number is remembered. */
  public Result forget(Erasure erasure, CustomerRow customer) {
    return commit(
        Optional.empty(),
        customers.remove(customer),
        erasedNumbers.remember(erasure, customer.customerId()),
        audit.erased(erasure, customer.customerId()));
  }

  /** Erases an address that has no customer: what was handed in and not stored is covered. */
  public Result eraseUnknown(Erasure erasure, Optional<RowChange> request) {
    var absent = identities.absent(erasure.emailIndex());
    var canceled = write(request, erasedAddresses.add(erasure), absent);
    var forged = canceled.flatMap(it -> forged(erasure, request.isPresent() ? 1 : 0, it));
    return forged.isPresent()
        ? commit(request, erasedAddresses.replace(erasure, forged.get()), absent)
        : canceled.map(it -> resultOf(request, it)).orElse(Result.DONE);
  }

  /** The marker at this place that kept an erasure up, if it is none of ours. */
  private Optional<Map<String, AttributeValue>> forged(
      Erasure erasure, int place, TransactionCanceledException canceled) {
    var cancellation = Cancellation.of(canceled);
    return cancellation.failedAt(place)
        ? Optional.of(cancellation.itemAt(place))
            .filter(it -> erasedAddresses.coverage(erasure.emailIndex(), it) != Coverage.COVERED)
        : Optional.empty();
  }

  /**
   * Ends a request that has changed nothing of the customer: it was told what is held.
   *
   * @param action what the audit calls it
   */
  public Result tell(
      RowChange request, String by, Identity identity, AuditAction action, Instant now) {
    return commit(
        Optional.of(request),
        identities.unchanged(identity),
        audit.told(identity.customerId(), action, by, now));
  }

  /** Ends a request for an address that has no customer. */
  public Result tellUnknown(RowChange request, String emailIndex) {
    return commit(Optional.of(request), identities.absent(emailIndex));
  }

  /**
   * Changes a customer's record.
   *
   * @param customer the next version
   * @param action what the audit calls it
   * @param by who asked for it: a request's id, or another text that makes the entry's key unique
   * @param outbox that others are to be told of it
   */
  public Result change(
      Optional<RowChange> request,
      CustomerVersion customer,
      AuditAction action,
      String by,
      List<TransactWriteItem> outbox,
      Instant now) {
    var row = customer.row();
    var deeds =
        Stream.concat(
            Stream.of(
                identities.put(customer, now),
                customers.put(customer, now),
                audit.changed(row.customerId(), action, row.version(), by, now)),
            outbox.stream());
    return commit(request, deeds.toArray(TransactWriteItem[]::new));
  }

  private Result commit(Optional<RowChange> request, TransactWriteItem... deeds) {
    return write(request, deeds).map(it -> resultOf(request, it)).orElse(Result.DONE);
  }

  /** Why nothing was written; empty if all was. */
  private Optional<TransactionCanceledException> write(
      Optional<RowChange> request, TransactWriteItem... deeds) {
    var writes = new ArrayList<TransactWriteItem>();
    request.map(RowChange::inTransaction).ifPresent(writes::add);
    writes.addAll(List.of(deeds));
    try {
      dynamoDb.transactWriteItems(write -> write.transactItems(writes));
      return Optional.empty();
    } catch (TransactionCanceledException e) {
      return Optional.of(e);
    }
  }

  private static Result resultOf(
      Optional<RowChange> request, TransactionCanceledException canceled) {
    var cancellation = Cancellation.of(canceled);
    if (request.isPresent() && cancellation.failedAt(0)) {
      return Result.SUPERSEDED;
    }
    if (request.isPresent()) {
      cancellation.requireFitAt(0, canceled);
    }
    if (cancellation.isFailure() || cancellation.isConflict()) {
      return Result.CONFLICT;
    }
    throw canceled; // Throttled, say: starting over at once would make it worse.
  }
}
