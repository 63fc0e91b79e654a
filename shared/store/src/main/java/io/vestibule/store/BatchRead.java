package io.vestibule.store;

import java.util.List;
import java.util.Map;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/**
 * Reads some columns of rows that are known by their keys, a hundred rows in a call.
 *
 * <p>A key may be given twice: a row that moves while an index is read is found under where it was
 * and under where it is, and DynamoDB refuses a whole call in which a key is repeated. So a row is
 * read once in a call, but once more if its key is given again later.
 */
public final class BatchRead {

  /** The most that DynamoDB reads in one BatchGetItem. */
  private static final int MOST = 100;

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final String key;
  private final String columns;
  private final boolean isConsistent;

  /**
   * A read that may miss what was written a moment ago.
   *
   * @param key the name of the table's key
   * @param columns the names of what is read, each as {@code #name}
   */
  public BatchRead(DynamoDbClient dynamoDb, String table, String key, String columns) {
    this(dynamoDb, table, key, columns, false);
  }

  private BatchRead(
      DynamoDbClient dynamoDb, String table, String key, String columns, boolean isConsistent) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.key = key;
    this.columns = columns;
    this.isConsistent = isConsistent;
  }

  /** The same, but it sees all that was written before it. */
  public BatchRead consistently() {
    return new BatchRead(dynamoDb, table, key, columns, true);
  }

  /**
   * The rows that are there, in no order. Calls are made as the stream is read: a caller that stops
   * early spares the rest, and only the rows of one call are in memory.
   */
  public Stream<Map<String, AttributeValue>> rows(Stream<String> keys) {
    return keys.gather(Gatherers.windowFixed(MOST)).flatMap(this::call);
  }

  /** What DynamoDB leaves undone of a call, the paginator asks for again. */
  private Stream<Map<String, AttributeValue>> call(List<String> keys) {
    var batch =
        KeysAndAttributes.builder()
            .keys(keys.stream().distinct().map(it -> Map.of(key, Attributes.text(it))).toList())
            .consistentRead(isConsistent ? true : null)
            .projectionExpression(columns)
            .expressionAttributeNames(Attributes.names(columns))
            .build();
    return dynamoDb.batchGetItemPaginator(get -> get.requestItems(Map.of(table, batch))).stream()
        .flatMap(page -> page.responses().getOrDefault(table, List.of()).stream());
  }
}
