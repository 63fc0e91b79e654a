package io.vestibule.store.mail;

import static io.vestibule.store.Attributes.number;

import io.vestibule.store.BatchRead;
import java.time.Instant;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** How much of what forms may send in an hour is used up. */
public final class SpentBudgets {

  private final DynamoDbClient dynamoDb;
  private final String table;

  public SpentBudgets(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /** How many mails a form has caused in an hour, of those that anybody can cause. */
  public int of(String form, Instant hour) {
    return new BatchRead(dynamoDb, table, "key", "#key, #spent")
        .rows(MailLimits.counters(form, hour))
        .mapToInt(row -> number(row, "spent").orElse(0))
        .sum();
  }
}
