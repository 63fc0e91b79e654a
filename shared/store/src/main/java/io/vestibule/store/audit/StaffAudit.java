package io.vestibule.store.audit;

import static io.vestibule.store.Attributes.text;

import io.vestibule.core.EntryId;
import io.vestibule.core.Timestamp;
import io.vestibule.store.Attributes;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * What staff did, in the audit table. It stands under keys of its own, each of which begins with
 * {@code staff-}: the version before knows no such actions, and reads a customer's entries for
 * their copy.
 *
 * <ul>
 *   <li>{@code staff-customer#<number>}: who opened or moved what of a customer
 *   <li>{@code staff-day#<day>#<person>}: what a person opened on a day (UTC), to count it
 *   <li>{@code staff-list#<day>}: who looked at which list
 *   <li>{@code staff-session#<id>}: that somebody signed in, or out
 * </ul>
 */
public final class StaffAudit {

  private static final String ACTOR = "StaffFunction";
  private static final String OUT = "out";
  private static final String OPENED = "opened";
  private static final String KEY = "#customerId = :key";

  /** What is on record is not written over. */
  private static final String NEW = "attribute_not_exists(customerId)";

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final boolean namesInCopies;

  /**
   * The audit of staff.
   *
   * @param namesInCopies whether customers are told the names of those who look from now on
   */
  public StaffAudit(DynamoDbClient dynamoDb, String table, boolean namesInCopies) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.namesInCopies = namesInCopies;
  }

  /** The same; customers are told no names. */
  public StaffAudit(DynamoDbClient dynamoDb, String table) {
    this(dynamoDb, table, false);
  }

  /**
   * A member of staff.
   *
   * @param id fit for a key: the same for the same person at the same issuer
   * @param subject as the issuer names them
   * @param role in which they act
   * @param name for people
   */
  public record Person(String id, String subject, String role, String name) {}

  /**
   * Somebody is about to see an entry. Nothing is opened before this has returned.
   *
   * @param fields that they will see unmasked, by name; {@code *} for those that no form has
   * @param reason from the list of reasons
   * @param request the invocation
   */
  public void opens(
      Person person,
      String customerId,
      EntryId entryId,
      List<String> fields,
      String reason,
      String request,
      Instant now) {
    opens(
        person, customerId, fields, reason, Map.of("entryId", text(entryId.value())), request, now);
  }

  /**
   * Somebody is about to see a customer: the same of all that is known of them.
   *
   * @param fields that they will see unmasked, by name; {@code *} for those that no form has
   * @param reason from the list of reasons
   * @param request the invocation
   */
  public void opens(
      Person person,
      String customerId,
      List<String> fields,
      String reason,
      String request,
      Instant now) {
    opens(person, customerId, fields, reason, Map.of(), request, now);
  }

  private void opens(
      Person person,
      String customerId,
      List<String> fields,
      String reason,
      Map<String, AttributeValue> what,
      String request,
      Instant now) {
    var about = new HashMap<>(what);
    about.put("fields", text(String.join(" ", fields)));
    about.put("reason", text(reason));
    var others = new HashMap<>(about);
    if (namesInCopies) {
      about.put("name", text(person.name()));
    }
    others.put("subjectOf", text(customerId));
    dynamoDb.transactWriteItems(
        write ->
            write.transactItems(
                add(customer(customerId), request, person, OPENED, about, now),
                add(day(person, now), request, person, OPENED, others, now)));
  }

  /**
   * That somebody looked at a customer.
   *
   * @param who as the issuer names them
   * @param reason from the list of reasons, or that it was their work
   * @param entryId what they saw; empty if it was all that is known
   * @param name their own, if the customer is told it
   */
  public record Look(
      Instant at,
      String who,
      String role,
      String reason,
      Optional<EntryId> entryId,
      Optional<String> name) {}

  /**
   * Who looked at a customer, the newest first; read as the stream is. A row that is none of ours
   * is passed over.
   */
  public Stream<Look> looksAt(String customerId) {
    return dynamoDb
        .queryPaginator(
            query ->
                query
                    .tableName(table)
                    .consistentRead(true)
                    .scanIndexForward(false)
                    .keyConditionExpression(KEY)
                    .expressionAttributeNames(Attributes.names(KEY))
                    .expressionAttributeValues(Map.of(":key", text(customer(customerId)))))
        .items()
        .stream()
        .filter(item -> text(item, "action").filter(OPENED::equals).isPresent())
        .flatMap(item -> look(item).stream());
  }

  private static Optional<Look> look(Map<String, AttributeValue> item) {
    try {
      var key = text(item, "at#id").orElse("");
      return Optional.of(
          new Look(
              Timestamp.parse(key.substring(0, key.indexOf('#'))),
              text(item, "who").orElse(""),
              text(item, "role").orElse(""),
              text(item, "reason").orElse(""),
              text(item, "entryId").map(EntryId::new),
              text(item, "name")));
    } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException e) {
      return Optional.empty();
    }
  }

  /** How often a person has opened something on this day (UTC). */
  public int opened(Person person, Instant now) {
    return dynamoDb
        .query(
            query ->
                query
                    .tableName(table)
                    .consistentRead(true)
                    .select(Select.COUNT)
                    .keyConditionExpression(KEY)
                    .expressionAttributeNames(Attributes.names(KEY))
                    .expressionAttributeValues(Map.of(":key", text(day(person, now)))))
        .count();
  }

  /** Somebody moves an entry from one state to another. */
  public void moves(
      Person person, String customerId, EntryId entryId, String to, String request, Instant now) {
    put(
        item(
            customer(customerId),
            request,
            person,
            "moved",
            Map.of("entryId", text(entryId.value()), "to", text(to)),
            now));
  }

  /** Somebody is about to write something down about a customer. */
  public void notes(Person person, String customerId, String request, Instant now) {
    put(item(customer(customerId), request, person, "noted", Map.of(), now));
  }

  /**
   * Somebody orders something to be done with a customer.
   *
   * @param what the order, without its ground
   */
  public void orders(Person person, String customerId, String what, String request, Instant now) {
    put(item(customer(customerId), request, person, "ordered", Map.of("to", text(what)), now));
  }

  /** Somebody looks at a list, which opens nobody. */
  public void lists(Person person, String list, String request, Instant now) {
    put(
        item(
            "staff-list#" + Timestamp.of(now).substring(0, 10),
            request,
            person,
            "listed",
            Map.of("list", text(list)),
            now));
  }

  public void signsIn(Person person, String session, Instant now) {
    putOnce(item("staff-session#" + session, "in", person, "signed-in", Map.of(), now));
  }

  /** Somebody signs out: the session is worth nothing from now on. */
  public void signsOut(Person person, String session, Instant now) {
    var item = item("staff-session#" + session, OUT, person, "signed-out", Map.of(), now);
    item.put("at#id", text(OUT));
    putOnce(item);
  }

  /** Whether a session was ended by its owner. */
  public boolean hasSignedOut(String session) {
    return dynamoDb
        .getItem(
            get ->
                get.tableName(table)
                    .consistentRead(true)
                    .key(
                        Map.of("customerId", text("staff-session#" + session), "at#id", text(OUT))))
        .hasItem();
  }

  private static String customer(String customerId) {
    return "staff-customer#" + customerId;
  }

  private static String day(Person person, Instant now) {
    return "staff-day#%s#%s".formatted(now.atOffset(ZoneOffset.UTC).toLocalDate(), person.id());
  }

  private TransactWriteItem add(
      String key,
      String request,
      Person person,
      String action,
      Map<String, AttributeValue> others,
      Instant now) {
    return TransactWriteItem.builder()
        .put(
            put ->
                put.tableName(table)
                    .item(item(key, request, person, action, others, now))
                    .conditionExpression(NEW))
        .build();
  }

  private void put(Map<String, AttributeValue> item) {
    dynamoDb.putItem(put -> put.tableName(table).item(item).conditionExpression(NEW));
  }

  /** Of two at once one is enough. */
  private void putOnce(Map<String, AttributeValue> item) {
    try {
      put(item);
    } catch (ConditionalCheckFailedException _) {
      // It is on record.
    }
  }

  private static Map<String, AttributeValue> item(
      String key,
      String request,
      Person person,
      String action,
      Map<String, AttributeValue> others,
      Instant now) {
    var item = new HashMap<>(others);
    item.put("customerId", text(key));
    item.put("at#id", text(Timestamp.of(now) + "#" + request));
    item.put("actor", text(ACTOR));
    item.put("action", text(action));
    item.put("who", text(person.subject()));
    item.put("role", text(person.role()));
    return item;
  }
}
