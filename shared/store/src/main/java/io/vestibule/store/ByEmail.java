package io.vestibule.store;

import static io.vestibule.store.Attributes.text;

import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The index {@code byEmail} of a table: the rows that have an address, as of moments ago. */
record ByEmail(DynamoDbClient dynamoDb, String table) {

  /**
   * The rows of an address, page after page, as far as somebody reads them.
   *
   * @param columns each written as {@code #name}
   */
  Stream<Map<String, AttributeValue>> items(String emailIndex, String columns) {
    var condition = "#emailIndex = :emailIndex";
    return dynamoDb
        .queryPaginator(
            query ->
                query
                    .tableName(table)
                    .indexName("byEmail")
                    .keyConditionExpression(condition)
                    .projectionExpression(columns)
                    .expressionAttributeNames(Attributes.names(condition, columns))
                    .expressionAttributeValues(Map.of(":emailIndex", text(emailIndex))))
        .items()
        .stream();
  }
}
