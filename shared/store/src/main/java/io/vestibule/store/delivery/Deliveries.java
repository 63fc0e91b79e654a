package io.vestibule.store.delivery;

import static io.vestibule.store.Attributes.anyTime;
import static io.vestibule.store.Attributes.number;
import static io.vestibule.store.Attributes.required;
import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.EntryId;
import io.vestibule.core.RowId;
import io.vestibule.store.Attributes;
import io.vestibule.store.Erasure;
import io.vestibule.store.RowChange;
import io.vestibule.store.delivery.Delivery.News;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * The table of deliveries, an outbox: what targets are to be told, a row for each target. Rows are
 * put there by the transaction that makes them necessary. A row that is done stays for a while, to
 * tell what became of it, but has left the index by which lanes find what is due.
 *
 * <p>A row proves nothing: others may be able to write here. It has the delivery look at something,
 * and what the delivery finds there decides.
 */
public final class Deliveries {

  /** For how long a row tells that it was delivered, or why not. */
  public static final Duration KEPT = Duration.ofDays(90);

  /**
   * An erasure or a withdrawal waits so long, because an entry that was just being told may still
   * be on its way: nothing else can be, as whoever tells must find the customer unchanged.
   */
  public static final Duration AFTER_THE_LAST = Duration.ofMinutes(1);

  private static final int MOST_LOOKED_AT = 1_000;

  private static final int PAGE = 100;

  /** As numbers of customers are: what is none would make every look at it fail. */
  private static final Pattern CUSTOMER = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final DynamoDbClient dynamoDb;
  private final String table;

  public Deliveries(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /** What became of a row. */
  public enum End {
    /** The target has it. */
    TOLD,
    /** The target was not told: there was no reason any more, or it has nothing of that. */
    DROPPED,
    /** The target was not told, and should have been: a person may have it replayed. */
    FAILED;

    /** The word in the row. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * That a target is to be told of an entry: part of the transaction that stores it. It takes the
   * place of a row that is there, which nobody but a stranger can have put there before.
   *
   * @param dueAt not before
   */
  public TransactWriteItem tell(
      String target, String customerId, EntryId entryId, Instant dueAt, Instant now) {
    var item = item(new Delivery(target, customerId, new News.Entered(entryId), 0, now), dueAt);
    return TransactWriteItem.builder().put(put -> put.tableName(table).item(item)).build();
  }

  /** That a target is to be told of a withdrawal: part of the transaction that makes it. */
  public TransactWriteItem tell(
      String target, String customerId, News.Withdrew withdrawal, Instant now) {
    var item = item(new Delivery(target, customerId, withdrawal, 0, now), now.plus(AFTER_THE_LAST));
    return TransactWriteItem.builder().put(put -> put.tableName(table).item(item)).build();
  }

  /**
   * That a target is to be told, unless its row is there: in progress, or done.
   *
   * @return whether it was not
   */
  public boolean tellOnce(Delivery delivery, Instant dueAt) {
    return put(delivery, dueAt, "attribute_not_exists(#target)", Map.of());
  }

  /**
   * That a target is to be told of an erasure, unless its row says just that and is in progress. It
   * is due when whatever was just being told of the customer has arrived. A row that is done takes
   * nobody's place: whoever may write here could else have it done before the erasure comes.
   *
   * @param erasure of a customer
   * @return whether it was not in progress
   */
  public boolean tellErased(String target, Erasure erasure) {
    var customerId = erasure.customerId().orElseThrow();
    var at = erasure.erasedAt();
    var delivery = new Delivery(target, customerId, new News.Erased(customerId, at), 0, at);
    return put(
        delivery,
        at.plus(AFTER_THE_LAST),
        "NOT (#lane = :lane AND #at = :at)",
        Map.of(":lane", text(target), ":at", time(at)));
  }

  /** Puts a row there; false if what is there does not let it. */
  private boolean put(
      Delivery delivery, Instant dueAt, String condition, Map<String, AttributeValue> values) {
    try {
      dynamoDb.putItem(
          put ->
              put.tableName(table)
                  .item(item(delivery, dueAt))
                  .conditionExpression(condition)
                  .expressionAttributeNames(Attributes.names(condition))
                  .expressionAttributeValues(values.isEmpty() ? null : values));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }

  private static Map<String, AttributeValue> item(Delivery delivery, Instant dueAt) {
    var item = new HashMap<>(key(delivery));
    item.put("customerId", text(delivery.customerId()));
    item.put("cause", text(delivery.news().cause().text()));
    item.put("lane", text(delivery.target()));
    item.put("dueAt", time(dueAt));
    item.put("attempts", number(delivery.attempts()));
    item.put("createdAt", time(delivery.createdAt()));
    switch (delivery.news()) {
      case News.Entered _ -> {}
      case News.Withdrew(var _, var purpose, var at) -> {
        item.put("purpose", text(purpose));
        item.put("at", time(at));
      }
      case News.Erased(var _, var at) -> item.put("at", time(at));
    }
    return item;
  }

  /**
   * A row of the index.
   *
   * @param delivery empty if it is none that we write
   * @param dueAt when it is to be told
   */
  public record Due(
      Map<String, AttributeValue> key, Optional<Delivery> delivery, Optional<Instant> dueAt) {

    /** Whom it says it is for. */
    public String target() {
      return required(text(key, "target"), "target");
    }

    /** Whether it is about an entry, as far as it says so. */
    public boolean isEntry() {
      return delivery.filter(it -> !it.isOwed()).isPresent();
    }
  }

  /**
   * What is due in a lane, the longest first. The index lags by moments: it may still have what was
   * settled just now.
   *
   * @param until what is due later is not looked at
   */
  public Stream<Due> due(String target, Instant until) {
    var condition = "#lane = :lane AND #dueAt <= :until";
    return dynamoDb
        .queryPaginator(
            query ->
                query
                    .tableName(table)
                    .indexName("byDue")
                    .keyConditionExpression(condition)
                    .expressionAttributeNames(Attributes.names(condition))
                    .expressionAttributeValues(Map.of(":lane", text(target), ":until", time(until)))
                    .limit(PAGE))
        .items()
        .stream()
        .map(Deliveries::read);
  }

  private static Due read(Map<String, AttributeValue> item) {
    var key = Map.of("target", item.get("target"), "id", item.get("id"));
    var dueAt = anyTime(item, "dueAt");
    return new Due(key, dueAt.flatMap(_ -> parse(item)), dueAt);
  }

  /**
   * What waits in a lane, also for its next attempt.
   *
   * @param next when the next is due; empty if nothing waits
   * @param oldest since when anything does
   * @param oldestOwed since when an erasure or a withdrawal does
   */
  public record Backlog(
      Optional<Instant> next, Optional<Instant> oldest, Optional<Instant> oldestOwed) {}

  /** What waits in a lane; of more than a thousand, the thousand that are due first. */
  public Backlog backlog(String target) {
    var condition = "#lane = :lane";
    var items =
        dynamoDb
            .query(
                query ->
                    query
                        .tableName(table)
                        .indexName("byDue")
                        .keyConditionExpression(condition)
                        .expressionAttributeNames(Attributes.names(condition))
                        .expressionAttributeValues(Map.of(":lane", text(target)))
                        .limit(MOST_LOOKED_AT))
            .items();
    var waiting = items.stream().flatMap(item -> parse(item).stream()).toList();
    return new Backlog(
        items.stream().findFirst().map(it -> anyTime(it, "dueAt").orElse(Instant.EPOCH)),
        waiting.stream().map(Delivery::createdAt).min(Instant::compareTo),
        waiting.stream().filter(Delivery::isOwed).map(Delivery::createdAt).min(Instant::compareTo));
  }

  /** How much waits in a lane; of more than a thousand, a thousand. */
  public int waiting(String target) {
    var condition = "#lane = :lane";
    return dynamoDb
        .query(
            query ->
                query
                    .tableName(table)
                    .indexName("byDue")
                    .select(Select.COUNT)
                    .keyConditionExpression(condition)
                    .expressionAttributeNames(Attributes.names(condition))
                    .expressionAttributeValues(Map.of(":lane", text(target)))
                    .limit(MOST_LOOKED_AT))
        .count();
  }

  /** How often a target was not told for which code, among the newest thousand of its rows. */
  public SortedMap<String, Integer> failures(String target) {
    var condition = "#target = :target";
    var filter = "#state = :failed";
    var failures = new TreeMap<String, Integer>();
    dynamoDb
        .query(
            query ->
                query
                    .tableName(table)
                    .keyConditionExpression(condition)
                    .filterExpression(filter)
                    .select(Select.SPECIFIC_ATTRIBUTES)
                    .projectionExpression("#code")
                    .expressionAttributeNames(Attributes.names(condition, filter, "#code"))
                    .expressionAttributeValues(
                        Map.of(":target", text(target), ":failed", text(End.FAILED.text())))
                    .scanIndexForward(false)
                    .limit(MOST_LOOKED_AT))
        .items()
        .forEach(it -> failures.merge(text(it, "code").orElse("malformed"), 1, Integer::sum));
    return failures;
  }

  /** A row as we write it, in the lane of its own target; empty if it is none. */
  private static Optional<Delivery> parse(Map<String, AttributeValue> item) {
    try {
      var target = required(text(item, "target"), "target");
      var customerId = required(text(item, "customerId"), "customerId");
      var news = news(item, customerId);
      var delivery =
          new Delivery(
              target,
              customerId,
              news,
              required(Attributes.number(item, "attempts"), "attempts"),
              required(time(item, "createdAt"), "createdAt"));
      boolean isOurs =
          CUSTOMER.matcher(customerId).matches()
              && text(item, "lane").equals(Optional.of(target))
              && text(item, "id").equals(Optional.of(news.id()))
              && delivery.attempts() >= 0;
      return isOurs ? Optional.of(delivery) : Optional.empty();
    } catch (IllegalStateException | IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static News news(Map<String, AttributeValue> item, String customerId) {
    var id = required(text(item, "id"), "id");
    var rest = id.substring(id.indexOf('#') + 1);
    var cause = required(text(item, "cause"), "cause");
    return switch (Delivery.Cause.valueOf(cause.toUpperCase(Locale.ROOT))) {
      case ENTRY -> new News.Entered(new EntryId(rest));
      case WITHDRAWAL ->
          new News.Withdrew(
              new RowId(rest).value(),
              required(text(item, "purpose"), "purpose"),
              required(time(item, "at"), "at"));
      case ERASURE -> new News.Erased(customerId, required(time(item, "at"), "at"));
    };
  }

  /**
   * Begins an attempt: nobody else makes the same one, and if this one dies there is a next.
   *
   * @param nextAt when it is to be tried again unless it ends well
   * @return false if another has begun it, or it is done; the index lags
   */
  public boolean begin(Delivery delivery, Instant nextAt) {
    return new RowChange(
            table,
            key(delivery),
            "SET #attempts = :next, #dueAt = :dueAt",
            "attribute_exists(#lane) AND #attempts = :attempts",
            Map.of(
                ":next", number(delivery.attempts() + 1L),
                ":attempts", number(delivery.attempts()),
                ":dueAt", time(nextAt)))
        .apply(dynamoDb);
  }

  /** It is to be tried again at another time than was thought when the attempt began. */
  public void postpone(Delivery delivery, Instant nextAt, String code) {
    new RowChange(
            table,
            key(delivery),
            "SET #dueAt = :dueAt, #code = :code",
            "attribute_exists(#lane)",
            Map.of(":dueAt", time(nextAt), ":code", text(code)))
        .apply(dynamoDb);
  }

  /**
   * Ends a row.
   *
   * @param code why, in a word of ours; never what a target answered
   * @return whether it had not ended before
   */
  public boolean end(Map<String, AttributeValue> key, End end, String code, Instant now) {
    return new RowChange(
            table,
            key,
            "SET #state = :state, #code = :code, #doneAt = :now, #expiresAt = :expiresAt"
                + " REMOVE #lane, #dueAt",
            "attribute_exists(#lane)",
            Map.of(
                ":state", text(end.text()),
                ":code", text(code),
                ":now", time(now),
                ":expiresAt", seconds(now.plus(KEPT))))
        .apply(dynamoDb);
  }

  /**
   * Has what failed tried again, at once.
   *
   * @return how many
   */
  public int replay(String target, Instant now) {
    var failed = "#target = :target";
    var filter = "#state = :failed";
    int count = 0;
    for (var item :
        dynamoDb
            .queryPaginator(
                query ->
                    query
                        .tableName(table)
                        .keyConditionExpression(failed)
                        .filterExpression(filter)
                        .select(Select.SPECIFIC_ATTRIBUTES)
                        .projectionExpression("#target, #id")
                        .expressionAttributeNames(Attributes.names(failed, filter, "#id"))
                        .expressionAttributeValues(
                            Map.of(":target", text(target), ":failed", text(End.FAILED.text()))))
            .items()) {
      count += again(item, target, now) ? 1 : 0;
    }
    return count;
  }

  private boolean again(Map<String, AttributeValue> key, String target, Instant now) {
    return new RowChange(
            table,
            key,
            "SET #lane = :lane, #dueAt = :now, #attempts = :none"
                + " REMOVE #state, #code, #doneAt, #expiresAt",
            "#state = :failed",
            Map.of(
                ":lane", text(target),
                ":now", time(now),
                ":none", number(0),
                ":failed", text(End.FAILED.text())))
        .apply(dynamoDb);
  }

  public static Map<String, AttributeValue> key(Delivery delivery) {
    return key(delivery.target(), delivery.news().id());
  }

  /** The row that has a target told that a customer is erased. */
  public static Map<String, AttributeValue> keyOfErasure(String target, String customerId) {
    return key(target, News.Erased.id(customerId));
  }

  private static Map<String, AttributeValue> key(String target, String id) {
    return Map.of("target", text(target), "id", text(id));
  }
}
