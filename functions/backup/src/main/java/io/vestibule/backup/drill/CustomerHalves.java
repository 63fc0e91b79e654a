package io.vestibule.backup.drill;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.vestibule.backup.ParallelScan;
import io.vestibule.backup.ReadBudget;
import io.vestibule.core.Pause;
import io.vestibule.store.ColumnRead;
import io.vestibule.store.Table;
import io.vestibule.store.Tables;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.Select;

/**
 * Both halves of customers, in the tables that are in use: the identity and the record, by the
 * number that they have in common.
 *
 * @param unitsPerSecond how many read units it may take from either table
 */
record CustomerHalves(DynamoDbClient dynamoDb, Tables tables, int unitsPerSecond) {

  /** The index of identities by the numbers of customers, which holds no key. */
  private static final String BY_CUSTOMER = "byCustomer";

  Numbers identities() {
    return Numbers.of(scan(), tables.name(Table.IDENTITIES), BY_CUSTOMER);
  }

  Numbers customers() {
    return Numbers.of(scan(), tables.name(Table.CUSTOMERS), null);
  }

  private ParallelScan scan() {
    return new ParallelScan(dynamoDb, new ReadBudget(unitsPerSecond, Pause.REAL)::spend);
  }

  boolean hasCustomer(String number) {
    return !new ColumnRead(dynamoDb, tables.name(Table.CUSTOMERS), "customerId", "#customerId")
        .row(number)
        .isEmpty();
  }

  boolean hasIdentity(String number) {
    return !dynamoDb
        .query(
            query ->
                query
                    .tableName(tables.name(Table.IDENTITIES))
                    .indexName(BY_CUSTOMER)
                    .select(Select.SPECIFIC_ATTRIBUTES)
                    .projectionExpression("emailIndex")
                    .keyConditionExpression("customerId = :number")
                    .expressionAttributeValues(Map.of(":number", fromS(number))))
        .items()
        .isEmpty();
  }
}
