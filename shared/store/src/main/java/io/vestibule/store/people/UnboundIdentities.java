package io.vestibule.store.people;

import static io.vestibule.store.Attributes.text;

import io.vestibule.store.Attributes;
import io.vestibule.store.UnfitRow;
import io.vestibule.store.people.Identities.Binding;
import io.vestibule.store.people.Identities.Identity;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/** Identities that were written before there was a binding, or by a version that knows of none. */
public final class UnboundIdentities {

  private static final String COLUMNS = "#emailIndex";
  private static final String UNBOUND = "attribute_not_exists(#binding)";

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final Identities identities;

  public UnboundIdentities(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.identities = new Identities(dynamoDb, table);
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
}
