package io.vestibule.store.mail;

import static io.vestibule.store.Attributes.number;
import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;

import io.vestibule.core.Destination;
import io.vestibule.store.Attributes;
import io.vestibule.store.mail.Mailings.Claim;
import io.vestibule.store.mail.Mailings.Mailing;
import io.vestibule.store.rows.SubmissionRow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
  public static final Duration KEPT = Duration.ofDays(2);

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

  /**
   * One limit of those that a mail is counted by.
   *
   * @param over what a claim comes to that it does not allow
   * @param budget which one of the form it is; empty if it is none
   */
  record Limit(Claim over, Optional<Budget> budget, TransactWriteItem count) {}

  /** Which cap a mail is counted by. */
  public enum Cap {
    /** The mailbox's, of all spellings of its address. */
    MAILBOX,
    /** That of a customer, by the one spelling that they are known by. */
    CUSTOMER,
    /** That of SES's simulator, whose domain is nobody's. */
    SIMULATOR
  }

  /** Counters of forms that were found used up in this hour, by their keys. */
  private final Set<String> usedUp = ConcurrentHashMap.newKeySet();

  private final String table;
  private final String suffix;
  private final Most most;

  /**
   * How many mails may go out.
   *
   * @param toSimulatorAndDay what the canary needs, and strangers may use up
   * @param perFormAndHour at least 8
   */
  public record Most(
      int perMailboxAndDay, int toSimulatorAndDay, int perDomainAndDay, int perFormAndHour) {
    public Most {
      if (perFormAndHour < SHARDS) {
        throw new IllegalArgumentException("a form's budget is at least " + SHARDS + " mails");
      }
    }
  }

  /** Limits for all mailboxes, domains and forms that go one way. */
  public MailLimits(String table, Destination destination, Most most) {
    this.table = table;
    this.suffix = destination.choose("", "#requests");
    this.most = most;
  }

  /**
   * All that a mail is counted by, the gravest first. What a person has released is counted by its
   * mailbox alone: the person has decided that it is mailed. What staff enter is not: whoever can
   * order that could mail anybody.
   */
  List<Limit> of(Mailing mailing, Instant now) {
    var limits = new ArrayList<Limit>();
    limits.add(new Limit(Claim.CAPPED, Optional.empty(), countForMailbox(mailing, now)));
    if (!isReleased(mailing.row())) {
      domain(mailing)
          .map(domain -> count(domainKey(domain, now, suffix), "mails", most.perDomainAndDay, now))
          .ifPresent(it -> limits.add(new Limit(Claim.DOMAIN_CAPPED, Optional.empty(), it)));
      mailing
          .budget()
          .all()
          .forEach(budget -> limits.add(countForForm(mailing.row(), budget, now)));
    }
    return limits;
  }

  /** Of what staff enter, {@code releasedAt} says when they did. */
  private static boolean isReleased(SubmissionRow row) {
    return row.releasedAt().isPresent() && row.behalf().isEmpty();
  }

  /**
   * A right must not hang on what strangers enter: a customer's requests have a cap of their own.
   */
  private static Optional<String> domain(Mailing mailing) {
    return mailing.counted().domain().filter(_ -> mailing.cap() == Cap.MAILBOX);
  }

  private TransactWriteItem countForMailbox(Mailing mailing, Instant now) {
    var whose = mailing.cap() == Cap.CUSTOMER ? "#" + mailing.emailIndex() : "";
    var mailbox = mailing.counted().mailbox();
    var key = "mailbox#%s#%s%s%s".formatted(mailbox, day(now), suffix, whose);
    return count(key, "mails", mostOf(mailing.cap()), now);
  }

  private int mostOf(Cap cap) {
    return cap == Cap.SIMULATOR ? most.toSimulatorAndDay : most.perMailboxAndDay;
  }

  /** The counter of a domain on a day. */
  static String domainKey(String domain, Instant now, String suffix) {
    return "domain#%s#%s%s".formatted(domain, day(now), suffix);
  }

  private static LocalDate day(Instant now) {
    return LocalDate.ofInstant(now, ZoneOffset.UTC);
  }

  private Limit countForForm(SubmissionRow row, Budget budget, Instant now) {
    var over = budget == Budget.SLOW ? Claim.OVER_PACE : Claim.OVER_BUDGET;
    int share = budget.of(share(shard(row)));
    return new Limit(
        over, Optional.of(budget), count(formKey(row, budget, now), "spent", share, now));
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
    return !isReleased(row) && usedUp.contains(formKey(row, budget, now));
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
    int budget = most.perFormAndHour;
    return budget / SHARDS + (shard < budget % SHARDS ? 1 : 0);
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
