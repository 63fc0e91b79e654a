package io.vestibule.store.mail;

import static io.vestibule.store.Attributes.text;

import io.vestibule.store.BatchRead;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What forbids a mail, or slows it down: that its mailbox is suppressed, and open breakers. */
public final class MailStops {

  private static final String COLUMNS = "#key, " + Breakers.COLUMNS;

  private final DynamoDbClient dynamoDb;
  private final String table;

  public MailStops(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /**
   * What is against a mail.
   *
   * @param isSuppressed whether its mailbox bounced for good, or its owner complained
   */
  public record Stops(boolean isSuppressed, Breakers breakers) {}

  /**
   * What is against a mail to a mailbox now.
   *
   * @param mailbox the keyed hash that mails are counted by
   */
  public Stops against(String mailbox) {
    var suppressed = Suppressions.key(mailbox);
    var rows = read(Stream.of(suppressed, MailBreaker.KEY));
    return new Stops(rows.containsKey(suppressed), breakers(rows));
  }

  /**
   * What is against a mail to anybody now. Who complained, or could not be reached, may still ask
   * about their own data.
   */
  public Stops againstAll() {
    return new Stops(false, breakers(read(Stream.of(MailBreaker.KEY))));
  }

  private static Breakers breakers(Map<String, Map<String, AttributeValue>> rows) {
    return Breakers.read(rows.getOrDefault(MailBreaker.KEY, Map.of()));
  }

  /** The rows that are there, by their keys. */
  private Map<String, Map<String, AttributeValue>> read(Stream<String> keys) {
    return new BatchRead(dynamoDb, table, "key", COLUMNS)
        .consistently()
        .rows(keys)
        .collect(Collectors.toMap(row -> text(row, "key").orElseThrow(), row -> row));
  }
}
