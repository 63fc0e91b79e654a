package io.vestibule.store.people;

import static io.vestibule.store.Attributes.required;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.vestibule.core.EntryNumber;
import io.vestibule.core.targets.Target;
import io.vestibule.store.Attributes;
import io.vestibule.store.Cancellation;
import io.vestibule.store.people.Identities.Identity;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The table of recipients: which target was told what of whom. A row is written before its target
 * is told the first time, so that whoever was told is always found: for an erasure, a withdrawal,
 * and to tell the person.
 */
public final class Recipients {

  private static final Pattern NUMBER = Pattern.compile("V-[0-9A-Z]{6}");
  private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
  private static final Pattern FIELD = Pattern.compile("[a-z][A-Za-z0-9]{0,39}");

  /** A keyed hash, how we call a field, and how the target does. */
  private static final Pattern THEIRS =
      Pattern.compile("[A-Za-z0-9_-]{43}\\.[a-z][A-Za-z0-9]{0,39}\\.[A-Za-z][A-Za-z0-9_.-]{0,79}");

  /** More than all forms together have. Receipts list them, and must fit into a row. */
  private static final int MOST_FIELDS = 200;

  private final DynamoDbClient dynamoDb;
  private final Identities identities;
  private final String table;

  public Recipients(DynamoDbClient dynamoDb, Identities identities, String table) {
    this.dynamoDb = dynamoDb;
    this.identities = identities;
    this.table = table;
  }

  /**
   * Somebody who was told.
   *
   * @param target its name
   * @param country where it is, two letters; empty: where the business itself is
   * @param fields the names of the fields whose values it was told
   * @param theirs what it calls the fields that it must empty one day, as the delivery wrote them;
   *     none once it has answered for the last time
   * @param numbers of the entries that it was told of; none once it has answered for the last time
   * @param since when it was told first; empty if somebody else wrote the row
   * @param erasure what it was told of an erasure
   * @param withdrawal what it was told of the newest withdrawal
   */
  public record Recipient(
      String customerId,
      String target,
      String country,
      Set<String> fields,
      Set<String> theirs,
      Set<String> numbers,
      Optional<Instant> since,
      Asked erasure,
      Asked withdrawal) {}

  /**
   * What became of the order to erase, or to use no more.
   *
   * @param at when the target was asked; empty if it was not yet
   * @param answer in a word of ours; empty as long as there is none
   */
  public record Asked(
      Optional<Instant> at, Optional<String> answer, Optional<Instant> answeredAt) {}

  /** What a target may be asked. */
  public enum Order {
    ERASE("asked", "answer", "answered"),
    UNSUBSCRIBE("withdrawn", "withdrawal", "withdrawalAnswered");

    private final String askedAt;
    private final String answer;
    private final String answeredAt;

    Order(String asked, String answer, String answered) {
      this.askedAt = asked + "At";
      this.answer = answer;
      this.answeredAt = answered + "At";
    }

    /** The words of ours that an answer can be. */
    private Set<String> answers() {
      return switch (this) {
        case ERASE -> Set.of(TOLD, CLOSED, KEEPS);
        case UNSUBSCRIBE -> Set.of(TOLD, CLOSED, NO_TARGET, CONSENT_STANDS, NOT_CONCERNED, ERASED);
      };
    }
  }

  /**
   * The names of fields whose values a target is told.
   *
   * @param fields as we call them
   * @param theirs what the target calls each, if it must empty them one day: {@code
   *     hash.ours.theirs}, by a keyed hash of both names, customer and target
   */
  public record Told(Set<String> fields, Set<String> theirs) {}

  /**
   * Writes down that a target is told of an entry, if the customer is still as they were read: not
   * erased, and nothing withdrawn. Who has this answer tells the target at once, or not at all.
   *
   * @param told the names of the fields whose values it is told
   * @return false if the customer is not as they were
   */
  public boolean tell(
      Identity identity, Target target, Told told, EntryNumber number, Instant now) {
    try {
      dynamoDb.transactWriteItems(
          write ->
              write.transactItems(
                  identities.asRead(identity),
                  told(identity.customerId(), target, told, number, now)));
      return true;
    } catch (TransactionCanceledException e) {
      var cancellation = Cancellation.of(e);
      if (cancellation.isFailure() || cancellation.isConflict()) {
        return false;
      }
      throw e;
    }
  }

  private TransactWriteItem told(
      String customerId, Target target, Told told, EntryNumber number, Instant now) {
    var change =
        "SET #since = if_not_exists(#since, :now), #country = :country ADD #numbers :number"
            + (told.fields().isEmpty() ? "" : ", #fields :fields")
            + (told.theirs().isEmpty() ? "" : ", #theirs :theirs");
    var values = new HashMap<String, AttributeValue>();
    values.put(":now", time(now));
    values.put(":country", text(Optional.ofNullable(target.country()).orElse("")));
    values.put(":number", AttributeValue.fromSs(List.of(number.value())));
    if (!told.fields().isEmpty()) {
      values.put(":fields", AttributeValue.fromSs(List.copyOf(told.fields())));
    }
    if (!told.theirs().isEmpty()) {
      values.put(":theirs", AttributeValue.fromSs(List.copyOf(told.theirs())));
    }
    return TransactWriteItem.builder()
        .update(
            update ->
                update
                    .tableName(table)
                    .key(key(customerId, target.name()))
                    .updateExpression(change)
                    .expressionAttributeNames(Attributes.names(change))
                    .expressionAttributeValues(values))
        .build();
  }

  /** Everybody who was told of a customer. */
  public List<Recipient> of(String customerId) {
    return dynamoDb
        .queryPaginator(
            query ->
                query
                    .tableName(table)
                    .consistentRead(true)
                    .keyConditionExpression("#customerId = :customerId")
                    .expressionAttributeNames(Attributes.names("#customerId"))
                    .expressionAttributeValues(Map.of(":customerId", text(customerId))))
        .items()
        .stream()
        .map(Recipients::read)
        .toList();
  }

  /** Everybody who was told of anybody and has not answered to an erasure: the whole table. */
  public Iterable<Recipient> unanswered() {
    var filter = "attribute_not_exists(#answer)";
    return () ->
        dynamoDb
            .scanPaginator(
                scan ->
                    scan.tableName(table)
                        .filterExpression(filter)
                        .expressionAttributeNames(Attributes.names(filter)))
            .items()
            .stream()
            .map(Recipients::read)
            .iterator();
  }

  /** What a target was told of a customer; empty if nothing. */
  public Optional<Recipient> find(String customerId, String target) {
    var item = item(customerId, target);
    return item.isEmpty() ? Optional.empty() : Optional.of(read(item));
  }

  private Map<String, AttributeValue> item(String customerId, String target) {
    return dynamoDb
        .getItem(get -> get.tableName(table).key(key(customerId, target)).consistentRead(true))
        .item();
  }

  /** What {@link #keepHandle} kept; empty if nothing. It is sealed, and may be anybody's. */
  public Optional<byte[]> handle(String customerId, String target) {
    return Attributes.bytes(item(customerId, target), "handle");
  }

  /**
   * Keeps, sealed, where a target has what it was told of a customer.
   *
   * @throws software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException if the
   *     target was told nothing of them
   */
  public void keepHandle(String customerId, String target, byte[] sealed) {
    update(
        key(customerId, target),
        "SET #handle = :handle",
        Map.of(":handle", Attributes.bytes(sealed)));
  }

  /** Receipts are signed with it: what is none of ours could say there what somebody else wants. */
  private static Recipient read(Map<String, AttributeValue> item) {
    return new Recipient(
        required(text(item, "customerId"), "customerId"),
        required(text(item, "target"), "target"),
        text(item, "country").filter(COUNTRY.asMatchPredicate()).orElse(""),
        names(item, "fields", FIELD),
        names(item, "theirs", THEIRS),
        numbers(item),
        Attributes.anyTime(item, "since"),
        asked(item, Order.ERASE),
        asked(item, Order.UNSUBSCRIBE));
  }

  private static Asked asked(Map<String, AttributeValue> item, Order order) {
    return new Asked(
        Attributes.anyTime(item, order.askedAt),
        text(item, order.answer).filter(order.answers()::contains),
        Attributes.anyTime(item, order.answeredAt));
  }

  /** Mails name them: what is none of ours could say there what somebody else wants said. */
  private static Set<String> numbers(Map<String, AttributeValue> item) {
    return texts(item, "numbers").stream()
        .filter(NUMBER.asMatchPredicate())
        .collect(toUnmodifiableSet());
  }

  private static Set<String> names(
      Map<String, AttributeValue> item, String column, Pattern pattern) {
    return texts(item, column).stream()
        .filter(pattern.asMatchPredicate())
        .sorted()
        .limit(MOST_FIELDS)
        .collect(toUnmodifiableSet());
  }

  private static Set<String> texts(Map<String, AttributeValue> item, String name) {
    var value = item.get(name);
    return value == null ? Set.of() : Set.copyOf(value.ss());
  }

  /**
   * A target is asked. Of an erasure the first time counts; consents may be withdrawn more than
   * once.
   */
  public void ask(Recipient recipient, Order order, Instant now) {
    var change =
        switch (order) {
          case ERASE -> "SET #%1$s = if_not_exists(#%1$s, :now)";
          case UNSUBSCRIBE -> "SET #%1$s = :now";
        };
    update(recipient, change.formatted(order.askedAt), Map.of(":now", time(now)));
  }

  /** What is written if a target takes an order. */
  public static final String TOLD = "told";

  /** The same if a person has seen to it. */
  public static final String CLOSED = "closed";

  /** It need not erase what ended here by its time. */
  public static final String KEEPS = "keeps";

  /** It has no file any more, and owes nothing. */
  public static final String NO_TARGET = "no-target";

  /** The customer agrees to something of its purpose nevertheless. */
  public static final String CONSENT_STANDS = "consent-stands";

  /** It is not told for the purpose of the withdrawal. */
  public static final String NOT_CONCERNED = "no-consent-of-its";

  /** The customer is erased, which it is told instead. */
  public static final String ERASED = "erased";

  /**
   * A target has answered, or need not. After an erasure nothing more is needed to find anybody
   * there.
   *
   * @param answer in a word of ours
   */
  public void answer(Recipient recipient, Order order, String answer, Instant now) {
    var change =
        "SET #%s = :answer, #%s = :now".formatted(order.answer, order.answeredAt)
            + (order == Order.ERASE ? " REMOVE #numbers, #theirs, #handle" : "");
    update(recipient, change, Map.of(":answer", text(answer), ":now", time(now)));
  }

  private void update(Recipient recipient, String change, Map<String, AttributeValue> values) {
    update(key(recipient.customerId(), recipient.target()), change, values);
  }

  private void update(
      Map<String, AttributeValue> key, String change, Map<String, AttributeValue> values) {
    dynamoDb.updateItem(
        update ->
            update
                .tableName(table)
                .key(key)
                .updateExpression(change)
                .conditionExpression("attribute_exists(customerId)")
                .expressionAttributeNames(Attributes.names(change))
                .expressionAttributeValues(values));
  }

  private static Map<String, AttributeValue> key(String customerId, String target) {
    return Map.of("customerId", text(customerId), "target", text(target));
  }
}
