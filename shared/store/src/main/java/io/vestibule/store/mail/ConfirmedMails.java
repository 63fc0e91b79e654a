package io.vestibule.store.mail;

import static io.vestibule.store.Attributes.number;
import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;

import io.vestibule.store.Attributes;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * Gives a domain mails back for what somebody there has confirmed: whoever is bombed presses
 * nothing, and the people of a large company do. So a domain of which every third mail is confirmed
 * never reaches its cap.
 *
 * <p>It can become more than the domain had. Whoever presses links at a domain has a mailbox there,
 * and each mailbox keeps its own cap.
 */
public final class ConfirmedMails {

  /** The mail that was confirmed, and two more. */
  private static final int GIVES_BACK = 3;

  private final String table;

  public ConfirmedMails(String table) {
    this.table = table;
  }

  /**
   * Gives back today, in a transaction.
   *
   * @param domain the keyed hash of the domain
   */
  public TransactWriteItem of(String domain, Instant now) {
    var change = "ADD #mails :back SET #expiresAt = :expiresAt";
    var update =
        Update.builder()
            .tableName(table)
            .key(Map.of("key", text(MailLimits.domainKey(domain, now, ""))))
            .updateExpression(change)
            .expressionAttributeNames(Attributes.names(change))
            .expressionAttributeValues(
                Map.of(
                    ":back", number(-GIVES_BACK),
                    ":expiresAt", seconds(now.plus(MailLimits.KEPT))))
            .build();
    return TransactWriteItem.builder().update(update).build();
  }
}
