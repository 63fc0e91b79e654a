package io.vestibule.store.mail;

import static io.vestibule.store.Attributes.bytes;
import static io.vestibule.store.Attributes.number;
import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.store.Attributes;
import io.vestibule.store.rows.Transition;
import io.vestibule.store.rows.Transitions;
import io.vestibule.store.rows.UntoldRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * The table of requests as the mailer uses it for the mail that tells that one is done, and the
 * counter of such mails to a mailbox: {@code mailbox#<keyed hash of the mailbox>#<day, UTC>#last}.
 *
 * <p>Each try is counted, not each request: so a row that is put back brings its addressee no more
 * mails than the cap allows.
 */
public final class LastMails {

  private final DynamoDbClient dynamoDb;
  private final String requests;
  private final String counters;
  private final int mailsPerMailboxAndDay;

  public LastMails(
      DynamoDbClient dynamoDb, String requests, String counters, int mailsPerMailboxAndDay) {
    this.dynamoDb = dynamoDb;
    this.requests = requests;
    this.counters = counters;
    this.mailsPerMailboxAndDay = mailsPerMailboxAndDay;
  }

  /**
   * Takes the request so that no other mailer tells; false if nothing is owed, or one is at it.
   *
   * @param leaseUntil until when no other mailer may take it
   */
  public boolean claim(UntoldRequest request, Instant now, Instant leaseUntil) {
    return change(
        Transitions.CLAIM_LAST_MAIL,
        request,
        Map.of(":now", time(now), ":leaseUntil", time(leaseUntil)));
  }

  /**
   * SES has not taken the mail, or may not be asked now: the reconciler wakes the request again.
   */
  public void giveBack(UntoldRequest request, Instant now) {
    change(Transitions.GIVE_LAST_MAIL_BACK, request, Map.of(":now", time(now)));
  }

  /**
   * Takes from the request what the mail needed: SES has it, or it must not go out.
   *
   * @return whether it was still there
   */
  public boolean end(UntoldRequest request) {
    return change(Transitions.END_LAST_MAIL, request, Map.of());
  }

  private boolean change(
      Transition transition, UntoldRequest request, Map<String, AttributeValue> values) {
    var all = new HashMap<>(values);
    all.put(":notify", bytes(request.notice()));
    return transition.change(requests, request.id(), all).applyOnce(dynamoDb);
  }

  /**
   * Counts one more such mail to a mailbox today; false if it has had its share.
   *
   * @param mailbox the keyed hash of the mailbox
   */
  public boolean count(String mailbox, Instant now) {
    try {
      var change = "ADD #mails :one SET #expiresAt = :expiresAt";
      var condition = "attribute_not_exists(#mails) OR #mails < :cap";
      dynamoDb.updateItem(
          update ->
              update
                  .tableName(counters)
                  .key(key(mailbox, now))
                  .updateExpression(change)
                  .conditionExpression(condition)
                  .expressionAttributeNames(Attributes.names(change, condition))
                  .expressionAttributeValues(
                      Map.of(
                          ":one", number(1),
                          ":cap", number(mailsPerMailboxAndDay),
                          ":expiresAt", seconds(now.plus(MailLimits.KEPT)))));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }

  /** SES has not taken a mail that was counted then. */
  public void uncount(String mailbox, Instant then) {
    var change = "ADD #mails :less";
    dynamoDb.updateItem(
        update ->
            update
                .tableName(counters)
                .key(key(mailbox, then))
                .updateExpression(change)
                .expressionAttributeNames(Attributes.names(change))
                .expressionAttributeValues(Map.of(":less", number(-1))));
  }

  private static Map<String, AttributeValue> key(String mailbox, Instant now) {
    var day = LocalDate.ofInstant(now, ZoneOffset.UTC);
    return Map.of("key", text("mailbox#%s#%s#last".formatted(mailbox, day)));
  }
}
