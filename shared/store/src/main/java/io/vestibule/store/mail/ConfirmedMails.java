package io.vestibule.store.mail;

import static io.vestibule.store.Attributes.number;
import static io.vestibule.store.Attributes.text;

import io.vestibule.store.RowChange;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * Gives a domain mails back for what somebody there has confirmed: whoever is bombed presses
 * nothing, and the people of a large company do. So where every third mail is confirmed before the
 * next ones are handed in, a domain does not reach its cap.
 *
 * <p>It never becomes more than the domain has for a day: else an insider of a large domain could
 * save up mails for whoever is to be bombed there.
 */
public final class ConfirmedMails {

  /** The mail that was confirmed, and two more. */
  private static final int GIVES_BACK = 3;

  private static final String ROOM = "attribute_exists(#key) AND #mails >= :back";

  private final DynamoDbClient dynamoDb;
  private final String table;

  public ConfirmedMails(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /**
   * Gives back today, unless so few are counted. It may come to nothing, which does no harm: what
   * is over waits.
   *
   * @param domain the keyed hash of the domain
   * @return whether it did
   */
  public boolean giveBack(String domain, Instant now) {
    var key = Map.of("key", text(MailLimits.domainKey(domain, now, "")));
    var back = Map.of(":back", number(GIVES_BACK));
    try {
      return new RowChange(table, key, "SET #mails = #mails - :back", ROOM, back).apply(dynamoDb);
    } catch (TransactionConflictException e) {
      return false; // The mailer counts there in this moment, again and again.
    }
  }
}
