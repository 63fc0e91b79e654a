package io.vestibule.store.audit;

import static io.vestibule.store.Attributes.required;
import static io.vestibule.store.Attributes.text;

import io.vestibule.core.Timestamp;
import io.vestibule.store.Attributes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** When staff looked at a customer, as {@link StaffAudit} has written it. */
public record StaffLooks(DynamoDbClient dynamoDb, String table) {

  /** The times of all that is on record of a customer, the oldest first. */
  public List<Instant> of(String customerId) {
    var key = "#customerId = :key";
    var opened = "#action = :opened";
    return dynamoDb
        .queryPaginator(
            query ->
                query
                    .tableName(table)
                    .consistentRead(true)
                    .keyConditionExpression(key)
                    .filterExpression(opened)
                    .expressionAttributeNames(Attributes.names(key, opened))
                    .expressionAttributeValues(
                        Map.of(
                            ":key", text(StaffAudit.CUSTOMER + customerId),
                            ":opened", text(StaffAudit.OPENED))))
        .items()
        .stream()
        .map(it -> required(text(it, "at#id"), "at#id"))
        .map(it -> Timestamp.parse(it.substring(0, it.indexOf('#'))))
        .toList();
  }
}
