package io.vestibule.store.people;

import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.Sample;
import io.vestibule.store.Attributes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Select;

/** The customers table as retention uses it: customers who have not confirmed anything for long. */
public final class CustomersByAge {

  private static final String COLUMNS = "#customerId";

  /** Compared by DynamoDB: what is not asked for costs to read, but not to send. */
  private static final String LONG_AGO = "#verifiedAt <= :time";

  private final DynamoDbClient dynamoDb;
  private final String table;

  public CustomersByAge(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /**
   * Numbers of customers who last confirmed their address before a time. If there are more than
   * asked for, chance chooses, each as likely as another, so that nobody is passed over for ever.
   * The whole table is read once.
   */
  public List<String> confirmedBefore(Instant time, int most, RandomGenerator random) {
    var sample = new Sample<String>(most, random);
    scan(time).forEach(item -> text(item, "customerId").ifPresent(sample::offer));
    return sample.chosen();
  }

  private Iterable<Map<String, AttributeValue>> scan(Instant time) {
    return dynamoDb
        .scanPaginator(
            scan ->
                scan.tableName(table)
                    .select(Select.SPECIFIC_ATTRIBUTES)
                    .projectionExpression(COLUMNS)
                    .filterExpression(LONG_AGO)
                    .expressionAttributeNames(Attributes.names(COLUMNS, LONG_AGO))
                    .expressionAttributeValues(Map.of(":time", time(time))))
        .items();
  }
}
