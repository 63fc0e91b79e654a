package io.vestibule.store.mail;

import static io.vestibule.store.Attributes.number;
import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;

import io.vestibule.core.Destination;
import io.vestibule.store.Attributes;
import io.vestibule.store.mail.Mailings.Mailing;
import io.vestibule.store.rows.SubmissionRow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * The counters that keep others from using our mail against strangers.
 *
 * <p>A mailbox has one for each day, {@code mailbox#<keyed hash of the mailbox>#<day, UTC>}, and
 * another for its requests ({@code #requests} at the end): what strangers enter in forms must not
 * use up a right. The requests of a customer are counted by their address, as it is spelled ({@code
 * #requests#<keyed hash of the address>}): else strangers could use a right up by asking for other
 * spellings, of which nothing is held, so that no mail has a link. A form has eight for each hour,
 * {@code form#<form>#<hour, UTC>#<0..7>}, which have an eighth of its budget each: a single one, in
 * the transaction of every mail, would be a queue that all wait in. Which of them counts a
 * submission, its id tells; so a few may be over while others are not used up, and never is more
 * than the budget mailed. Customers who ask about their data while that is used up have as many
 * mails again, {@code form#<form>#customers#<hour, UTC>#<0..7>}: strangers cannot use those up, and
 * whoever knows all customers cannot have them all mailed. What came with work that is asked for
 * only while it is needed has as many besides, {@code form#<form>#worked#<hour, UTC>#<0..7>}. While
 * a form is slowed, a mail is counted by {@code form#<form>#slow#<hour, UTC>#<0..7>} too, which
 * have a tenth.
 */
public final class MailLimits {

  /** Into how many counters the budget of an hour is split; also the least that it can be. */
  private static final int SHARDS = 8;

  /** A counter is of no use once its day is over everywhere. */
  static final Duration KEPT = Duration.ofDays(2);

  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** What a mail is counted against, besides its mailbox. */
  public enum Budget {
    /** The form's, for whoever uses it. */
    FORM(""),
    /** The form's for what came with work, once the other is used up. */
    WORKED("worked#"),
    /** The form's for customers, once the others are used up. */
    CUSTOMERS("customers#"),
    /** What is left of the form's while it is slowed; besides that, and not instead of it. */
    SLOW("slow#");

    /** While a form is slowed, it has its budget divided by this, and at least one for a shard. */
    private static final int SLOWNESS = 10;

    private final String infix;

    Budget(String infix) {
      this.infix = infix;
    }

    /** What a mail that goes this way is counted against. */
    List<Budget> all() {
      return this == SLOW ? List.of(FORM, SLOW) : List.of(this);
    }

    private int of(int share) {
      return this == SLOW ? Math.max(1, share / SLOWNESS) : share;
    }
  }

  /** Which cap a mail is counted by. */
  public enum Cap {
    /** The mailbox's, of all spellings of its address. */
    MAILBOX,
    /** That of a customer, by the one spelling that they are known by. */
    CUSTOMER
  }

  /** Counters of forms that were found used up in this hour, by their keys. */
  private final Set<String> usedUp = ConcurrentHashMap.newKeySet();

  private final String table;
  private final String suffix;
  private final int mailsPerMailboxAndDay;
  private final int mailsPerFormAndHour;

  /**
   * Limits for all mailboxes and all forms that go one way.
   *
   * @throws IllegalArgumentException if a form's budget is less than 8
   */
  public MailLimits(
      String table, Destination destination, int mailsPerMailboxAndDay, int mailsPerFormAndHour) {
    if (mailsPerFormAndHour < SHARDS) {
      throw new IllegalArgumentException("a form's budget is at least %d mails".formatted(SHARDS));
    }
    this.table = table;
    this.suffix = destination.choose("", "#requests");
    this.mailsPerMailboxAndDay = mailsPerMailboxAndDay;
    this.mailsPerFormAndHour = mailsPerFormAndHour;
  }

  /** One more mail to the mailbox today, if the cap allows it. */
  TransactWriteItem countForMailbox(Mailing mailing, Instant now) {
    var day = LocalDate.ofInstant(now, ZoneOffset.UTC);
    var whose = mailing.cap() == Cap.CUSTOMER ? "#" + mailing.emailIndex() : "";
    var key = "mailbox#%s#%s%s%s".formatted(mailing.mailbox(), day, suffix, whose);
    return count(key, "mails", mailsPerMailboxAndDay, now);
  }

  /** One more mail for the form in this hour, if what the row's counter has allows it. */
  TransactWriteItem countForForm(SubmissionRow row, Budget budget, Instant now) {
    return count(formKey(row, budget, now), "spent", budget.of(share(shard(row))), now);
  }

  /** Remembers that what the row's counter has in this hour is used up. */
  void overBudget(SubmissionRow row, Budget budget, Instant now) {
    var hour = HOUR.format(now);
    usedUp.removeIf(key -> !key.contains(hour));
    usedUp.add(formKey(row, budget, now));
  }

  /**
   * Whether a claim of the row is known to fail: a flood costs no transaction for each of its rows.
   */
  boolean isOverBudget(SubmissionRow row, Budget budget, Instant now) {
    return row.releasedAt().isEmpty() && usedUp.contains(formKey(row, budget, now));
  }

  private static String formKey(SubmissionRow row, Budget budget, Instant now) {
    return formKey(row.form(), budget, now, shard(row));
  }

  private static String formKey(String form, Budget budget, Instant now, int shard) {
    return "form#%s#%s%s#%d".formatted(form, budget.infix, HOUR.format(now), shard);
  }

  /** The counters of a form's own budget in an hour. */
  static Stream<String> counters(String form, Instant hour) {
    return IntStream.range(0, SHARDS).mapToObj(shard -> formKey(form, Budget.FORM, hour, shard));
  }

  private static int shard(SubmissionRow row) {
    return Math.floorMod(row.id().value().hashCode(), SHARDS);
  }

  /** The shares of all counters add up to the budget, whatever the remainder of the division. */
  private int share(int shard) {
    return mailsPerFormAndHour / SHARDS + (shard < mailsPerFormAndHour % SHARDS ? 1 : 0);
  }

  private TransactWriteItem count(String key, String column, int cap, Instant now) {
    var change = "ADD #%s :one SET #expiresAt = :expiresAt".formatted(column);
    var condition = "attribute_not_exists(#%1$s) OR #%1$s < :cap".formatted(column);
    var update =
        Update.builder()
            .tableName(table)
            .key(Map.of("key", text(key)))
            .updateExpression(change)
            .conditionExpression(condition)
            .expressionAttributeNames(Attributes.names(change, condition))
            .expressionAttributeValues(
                Map.of(
                    ":one", number(1),
                    ":cap", number(cap),
                    ":expiresAt", seconds(now.plus(KEPT))))
            .build();
    return TransactWriteItem.builder().update(update).build();
  }
}
