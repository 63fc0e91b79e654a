package io.vestibule.store.mail;

import static io.vestibule.store.Attributes.text;

import io.vestibule.core.HeldReason;
import io.vestibule.store.Attributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** What forbids any mail: that its mailbox is suppressed, or that the breaker is open. */
public final class MailStops {

  private static final String COLUMNS = "#key, #openedAt";

  private final DynamoDbClient dynamoDb;
  private final String table;

  public MailStops(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /**
   * Why no mail may go to a mailbox now; empty if one may.
   *
   * @param mailbox the keyed hash that mails are counted by
   */
  public Optional<HeldReason> against(String mailbox) {
    var suppressed = Suppressions.key(mailbox);
    var rows = read(List.of(suppressed, MailBreaker.KEY));
    if (rows.containsKey(suppressed)) {
      return Optional.of(HeldReason.SUPPRESSED);
    }
    return rows.getOrDefault(MailBreaker.KEY, false)
        ? Optional.of(HeldReason.PAUSED)
        : Optional.empty();
  }

  /**
   * Why no mail may go to anybody now; empty if one may. Who complained, or could not be reached,
   * may still ask about their own data.
   */
  public Optional<HeldReason> againstAll() {
    return read(List.of(MailBreaker.KEY)).getOrDefault(MailBreaker.KEY, false)
        ? Optional.of(HeldReason.PAUSED)
        : Optional.empty();
  }

  /** The rows that are there, each with whether it says when it was opened. */
  private Map<String, Boolean> read(List<String> keys) {
    var both =
        KeysAndAttributes.builder()
            .keys(keys.stream().map(key -> Map.of("key", text(key))).toList())
            .projectionExpression(COLUMNS)
            .expressionAttributeNames(Attributes.names(COLUMNS))
            .consistentRead(true)
            .build();
    return dynamoDb.batchGetItemPaginator(get -> get.requestItems(Map.of(table, both))).stream()
        .flatMap(page -> page.responses().getOrDefault(table, List.of()).stream())
        .collect(
            Collectors.toMap(
                item -> text(item, "key").orElseThrow(), item -> item.containsKey("openedAt")));
  }
}
