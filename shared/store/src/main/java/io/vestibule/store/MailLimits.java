package io.vestibule.store;

import static io.vestibule.store.Attributes.number;
import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * The counters that keep others from using our mail against a stranger.
 *
 * <p>A counter is a row {@code mailbox#<keyed hash of the mailbox>#<day, UTC>}.
 */
public final class MailLimits {

  /** A day's counter is of no use once the day is over everywhere. */
  private static final Duration KEPT = Duration.ofDays(2);

  private final String table;
  private final int mailsPerMailboxAndDay;

  public MailLimits(String table, int mailsPerMailboxAndDay) {
    this.table = table;
    this.mailsPerMailboxAndDay = mailsPerMailboxAndDay;
  }

  /** One more mail to the mailbox today, if the cap allows it. */
  TransactWriteItem count(String mailbox, Instant now) {
    var day = LocalDate.ofInstant(now, ZoneOffset.UTC);
    var change = "ADD #mails :one SET #expiresAt = :expiresAt";
    var condition = "attribute_not_exists(#mails) OR #mails < :cap";
    var update =
        Update.builder()
            .tableName(table)
            .key(Map.of("key", text("mailbox#%s#%s".formatted(mailbox, day))))
            .updateExpression(change)
            .conditionExpression(condition)
            .expressionAttributeNames(Attributes.names(change, condition))
            .expressionAttributeValues(
                Map.of(
                    ":one", number(1),
                    ":cap", number(mailsPerMailboxAndDay),
                    ":expiresAt", seconds(now.plus(KEPT))))
            .build();
    return TransactWriteItem.builder().update(update).build();
  }
}
