package io.vestibule.store.mail;

import static io.vestibule.store.Attributes.number;
import static io.vestibule.store.Attributes.text;

import io.vestibule.store.RowChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Slows mails down, and at last stops them, when too many bounce for good or are complained about
 * ({@link Tolerance}): those of one form if they are its mails, all if the account comes near SES's
 * limits. What opened closes by itself ({@link Breaker}), or by a person's word.
 *
 * <p>Two rows beside the mail limits. {@code sent} counts the mails that SES took. {@code breaker}
 * remembers the failed ones and has all breakers, so that one conditional write opens one of a form
 * and that of the account together, and each mail reads one row.
 */
public final class MailBreaker {

  static final String KEY = "breaker";

  /** More than there can be others that change the row at the same moment. */
  private static final int ATTEMPTS = 20;

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final SentMails sentMails;

  public MailBreaker(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.sentMails = new SentMails(dynamoDb, table);
  }

  /** What a failed mail has led to; the gravest, if there is more than one. */
  public enum Effect {
    /** It is remembered, at most. */
    NOTHING,
    /** Its form goes on at a slower pace. */
    FORM_SLOWED,
    /** Its form sends to customers who ask about their data, and to nobody else. */
    FORM_STOPPED,
    /** All forms go on at a slower pace. */
    ALL_SLOWED,
    /** No mail goes out. */
    ALL_STOPPED
  }

  /** Counts a mail that SES has taken. */
  public void countSent(String form) {
    sentMails.count(form);
  }

  /** What has opened. */
  public Breakers read() {
    return row().breakers();
  }

  /**
   * Remembers that a mail failed. The same mail counts once, as long as it is remembered; while all
   * mail is stopped, nothing has to be.
   *
   * @throws IllegalStateException if others change the row all the time; to be tried again
   */
  public Effect recordFailure(FailedMail mail, Instant now) {
    var unclear = Effect.NOTHING;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var row = row();
      if (row.failures().containsKey(mail.message())) {
        return unclear;
      }
      if (row.breakers().ofAccount(now) == Pace.STOPPED) {
        return Effect.NOTHING;
      }
      var next = row.with(mail, sentMails.read(), now);
      switch (replace(row, next.row())) {
        case MADE -> {
          return next.effect();
        }
        case UNCLEAR -> unclear = next.effect();
        case REFUSED -> unclear = Effect.NOTHING;
      }
    }
    throw new IllegalStateException("others change the breaker all the time");
  }

  /**
   * Lets mails out at the full pace again, and forgets every failure until now.
   *
   * @return whether any were slowed or stopped
   * @throws IllegalStateException if others change the row all the time; to be tried again
   */
  public boolean close(Instant now) {
    boolean unclear = false;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var row = row();
      if (!row.breakers().areOpen(now)) {
        return unclear;
      }
      switch (replace(row, row.closed())) {
        case MADE -> {
          return true;
        }
        case UNCLEAR -> unclear = true;
        case REFUSED -> unclear = false;
      }
    }
    throw new IllegalStateException("others change the breaker all the time");
  }

  private RowChange.Effect replace(BreakerRow before, BreakerRow after) {
    var columns = new HashMap<>(after.breakers().columns());
    columns.put("failures", after.failuresColumn());
    columns.put("version", number(after.version()));
    var values = new HashMap<String, AttributeValue>();
    var written = new ArrayList<String>();
    columns.forEach(
        (column, value) -> {
          values.put(":" + column, value);
          written.add("#%1$s = :%1$s".formatted(column));
        });
    boolean isOurs = before.version() != BreakerRow.UNREADABLE;
    if (isOurs && before.version() > 0) {
      values.put(":before", number(before.version()));
    }
    return new RowChange(
            table,
            key(),
            "SET " + String.join(", ", written) + " REMOVE " + others(columns),
            isOurs ? asRead(before) : "attribute_exists(#key)",
            values)
        .attempt(dynamoDb);
  }

  private static String asRead(BreakerRow row) {
    return row.version() > 0 ? "#version = :before" : "attribute_not_exists(#version)";
  }

  /** What is not written goes; {@code failed} is a column of the version before. */
  private static String others(Map<String, AttributeValue> columns) {
    var others = new ArrayList<>(List.of("#failed"));
    for (var column : List.of("openedAt", "slowedAt", "countsFrom")) {
      if (!columns.containsKey(column)) {
        others.add("#" + column);
      }
    }
    return String.join(", ", others);
  }

  private BreakerRow row() {
    return BreakerRow.read(
        dynamoDb.getItem(get -> get.tableName(table).key(key()).consistentRead(true)).item());
  }

  private static Map<String, AttributeValue> key() {
    return Map.of("key", text(KEY));
  }
}
