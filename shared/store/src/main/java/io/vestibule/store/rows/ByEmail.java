package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.text;

import io.vestibule.store.Attributes;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.paginators.QueryIterable;

/** The index {@code byEmail} of a table: the rows that have an address, as of moments ago. */
public record ByEmail(DynamoDbClient dynamoDb, String table) {

  /**
   * The rows of an address, page after page, as far as somebody reads them.
   *
   * @param columns each written as {@code #name}
   */
  public Stream<Map<String, AttributeValue>> items(String emailIndex, String columns) {
    return pages(emailIndex, columns, "", Map.of()).stream().flatMap(page -> page.items().stream());
  }

  /**
   * The same, of some rows only; a page may have none of them, and is still 1 MB to read.
   *
   * @param filter which ones; empty for all
   */
  QueryIterable pages(
      String emailIndex, String columns, String filter, Map<String, AttributeValue> filterValues) {
    var condition = "#emailIndex = :emailIndex";
    var values = new HashMap<>(filterValues);
    values.put(":emailIndex", text(emailIndex));
    return dynamoDb.queryPaginator(
        query ->
            query
                .tableName(table)
                .indexName("byEmail")
                .keyConditionExpression(condition)
                .filterExpression(filter.isEmpty() ? null : filter)
                .select(Select.SPECIFIC_ATTRIBUTES)
                .projectionExpression(columns)
                .expressionAttributeNames(Attributes.names(condition, filter, columns))
                .expressionAttributeValues(values));
  }
}
