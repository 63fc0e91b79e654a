package io.vestibule.store;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Select;

/**
 * Reads some columns of one row that is known by its key, as of now.
 *
 * <p>It asks by Query, for roles that may read these columns and no others. A role is bound to
 * columns by {@code dynamodb:Select}, and AWS says what that is for Query and Scan only: where
 * GetItem had none, a role that demands it could read nothing, and one that does not would be bound
 * to nothing.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html">Conditions
 *     for fine-grained access control</a>
 */
public final class ColumnRead {

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final String key;
  private final String columns;

  /**
   * @param key the name of the table's key, which has one part
   * @param columns the names of what is read, each as {@code #name}
   */
  public ColumnRead(DynamoDbClient dynamoDb, String table, String key, String columns) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.key = key;
    this.columns = columns;
  }

  /** The row's columns; empty if there is no such row. */
  public Map<String, AttributeValue> row(String value) {
    var condition = "#" + key + " = :key";
    List<Map<String, AttributeValue>> rows =
        dynamoDb
            .query(
                query ->
                    query
                        .tableName(table)
                        .consistentRead(true)
                        .keyConditionExpression(condition)
                        .select(Select.SPECIFIC_ATTRIBUTES)
                        .projectionExpression(columns)
                        .expressionAttributeNames(Attributes.names(condition, columns))
                        .expressionAttributeValues(Map.of(":key", Attributes.text(value))))
            .items();
    return rows.isEmpty() ? Map.of() : rows.getFirst();
  }
}
