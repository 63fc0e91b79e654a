package io.vestibule.store.mail;

import static io.vestibule.store.Attributes.text;

import io.vestibule.core.HeldReason;
import io.vestibule.store.BatchRead;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

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
    var rows = read(Stream.of(suppressed, MailBreaker.KEY));
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
    return read(Stream.of(MailBreaker.KEY)).getOrDefault(MailBreaker.KEY, false)
        ? Optional.of(HeldReason.PAUSED)
        : Optional.empty();
  }

  /** The rows that are there, each with whether it says when it was opened. */
  private Map<String, Boolean> read(Stream<String> keys) {
    return new BatchRead(dynamoDb, table, "key", COLUMNS)
        .consistently()
        .rows(keys)
        .collect(
            Collectors.toMap(
                item -> text(item, "key").orElseThrow(), item -> item.containsKey("openedAt")));
  }
}
