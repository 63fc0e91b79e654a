package io.vestibule.store.mail;

import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.store.Attributes;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The mailboxes that get no more mail, as rows {@code suppressed#<keyed hash of the mailbox>}
 * beside the mail limits. They have no end: a mailbox that does not exist bounces next year too,
 * and whoever complained has not changed their mind because time has passed. A person may delete a
 * row.
 */
public final class Suppressions {

  private final DynamoDbClient dynamoDb;
  private final String table;

  public Suppressions(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /**
   * Notes that a mailbox gets no more mail; the first reason stays.
   *
   * @param mailbox the keyed hash that mails are counted by
   */
  public void add(String mailbox, String reason, Instant now) {
    var change =
        "SET #reason = if_not_exists(#reason, :reason), #since = if_not_exists(#since, :now)";
    dynamoDb.updateItem(
        update ->
            update
                .tableName(table)
                .key(Map.of("key", text(key(mailbox))))
                .updateExpression(change)
                .expressionAttributeNames(Attributes.names(change))
                .expressionAttributeValues(Map.of(":reason", text(reason), ":now", time(now))));
  }

  /**
   * Why a mailbox gets no mail.
   *
   * @param reason in a word of ours: {@code bounce} or {@code complaint}
   */
  public record Suppressed(String reason, Instant since) {}

  /** Whether a mailbox gets no mail, and why; empty if it gets some. */
  public Optional<Suppressed> find(String mailbox) {
    var item =
        dynamoDb
            .getItem(
                get ->
                    get.tableName(table)
                        .consistentRead(true)
                        .key(Map.of("key", text(key(mailbox)))))
            .item();
    return text(item, "reason")
        .flatMap(reason -> time(item, "since").map(since -> new Suppressed(reason, since)));
  }

  /** The key of its row. */
  public static String key(String mailbox) {
    return "suppressed#" + mailbox;
  }
}
