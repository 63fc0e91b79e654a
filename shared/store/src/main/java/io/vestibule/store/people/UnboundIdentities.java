package io.vestibule.store.people;

import static io.vestibule.store.Attributes.text;

import io.vestibule.store.Attributes;
import io.vestibule.store.Cancellation;
import io.vestibule.store.UnfitRow;
import io.vestibule.store.people.Entries.EntryRow;
import io.vestibule.store.people.Identities.Binding;
import io.vestibule.store.people.Identities.Identity;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/** Identities that were written before there was a binding, or by a version that knows of none. */
public final class UnboundIdentities {

  /** Its place in the transaction, by which AWS tells what failed. */
  private static final int IDENTITY = 0;

  private static final String COLUMNS = "#emailIndex";
  private static final String UNBOUND = "attribute_not_exists(#binding)";

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final Identities identities;
  private final Entries entries;

  public UnboundIdentities(DynamoDbClient dynamoDb, String table, Entries entries) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.identities = new Identities(dynamoDb, table);
    this.entries = entries;
  }

  /** Keyed hashes of addresses in a segment of the table, which is read page by page. */
  public Stream<String> find(int segment, int segments) {
    return dynamoDb
        .scanPaginator(
            scan ->
                scan.tableName(table)
                    .segment(segment)
                    .totalSegments(segments)
                    .consistentRead(true)
                    .select(Select.SPECIFIC_ATTRIBUTES)
                    .projectionExpression(COLUMNS)
                    .filterExpression(UNBOUND)
                    .expressionAttributeNames(Attributes.names(COLUMNS, UNBOUND)))
        .items()
        .stream()
        .flatMap(item -> text(item, "emailIndex").stream());
  }

  /**
   * Binds one, unless somebody was faster.
   *
   * @throws UnfitRow if the row has no room
   * @throws TransactionConflictException if somebody is at the same row all the time
   */
  public boolean bind(Identity identity, Binding binding) {
    return identities.change(identity, binding).apply(dynamoDb);
  }

  /**
   * Binds one, and adds an entry in the same transaction, unless somebody was faster. Whoever was
   * erased meanwhile gets neither.
   *
   * @throws UnfitRow if the identity's row has no room
   * @throws TransactionCanceledException if the entry is there, or somebody is at the same rows
   */
  public boolean bind(Identity identity, Binding binding, EntryRow entry, Instant now) {
    var writes =
        List.of(identities.change(identity, binding).inTransaction(), entries.add(entry, now));
    try {
      dynamoDb.transactWriteItems(request -> request.transactItems(writes));
      return true;
    } catch (TransactionCanceledException e) {
      var cancellation = Cancellation.of(e);
      cancellation.requireFitAt(IDENTITY, e);
      if (cancellation.failedAt(IDENTITY)) {
        return false;
      }
      throw e;
    }
  }
}
