package io.vestibule.store.mail;

import static io.vestibule.store.Attributes.number;
import static io.vestibule.store.Attributes.text;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * How many mails SES has taken, of all forms together and of each: one row, as a count must cost
 * one write. Beside {@code sent} it has a column {@code form#<form>} for each form.
 */
final class SentMails {

  static final String KEY = "sent";

  private final DynamoDbClient dynamoDb;
  private final String table;

  SentMails(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /** The counts of one moment. */
  record Counts(Map<String, AttributeValue> row) {

    long ofAll() {
      return Breakers.count(row, KEY);
    }

    long of(String form) {
      return Breakers.count(row, column(form));
    }
  }

  void count(String form) {
    dynamoDb.updateItem(
        update ->
            update
                .tableName(table)
                .key(key())
                .updateExpression("ADD #sent :one, #form :one")
                .expressionAttributeNames(Map.of("#sent", KEY, "#form", column(form)))
                .expressionAttributeValues(Map.of(":one", number(1))));
  }

  Counts read() {
    return new Counts(
        dynamoDb.getItem(get -> get.tableName(table).key(key()).consistentRead(true)).item());
  }

  private static String column(String form) {
    return "form#" + form;
  }

  private static Map<String, AttributeValue> key() {
    return Map.of("key", text(KEY));
  }
}
