package io.vestibule.store.audit;

import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;

import io.vestibule.core.EntryId;
import io.vestibule.core.RowId;
import io.vestibule.core.Timestamp;
import io.vestibule.store.Attributes;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * What staff did, in the audit table. It stands under keys of its own, each of which begins with
 * {@code staff-}: the version before knows no such actions, and reads a customer's entries for
 * their copy.
 *
 * <ul>
 *   <li>{@code staff-customer#<number>}: who opened, moved or marked what of a customer
 *   <li>{@code staff-row#<id>}: who opened a submission or a request before it was a customer's,
 *       decided about it, ordered it to be entered for somebody or asked to confirm that
 *   <li>{@code staff-day#<day>#<person>}: what a person opened, noted, asked or ordered for
 *       somebody on a day (UTC), to count it
 *   <li>{@code staff-list#<day>}: who looked at which list
 *   <li>{@code staff-order#<day>}: who had a target told again
 *   <li>{@code staff-session#<id>}: that somebody signed in, or out
 * </ul>
 */
public final class StaffAudit {

  static final String CUSTOMER = "staff-customer#";
  static final String ROW = "staff-row#";
  static final String OPENED = "opened";
  static final String ORDERED = "ordered";

  private static final String NOTED = "noted";

  /** What a person's key is unwrapped for; moves and orders need none. */
  static final Set<String> UNWRAPS = Set.of(OPENED, NOTED);

  private static final String ACTOR = "StaffFunction";
  private static final String OUT = "out";
  private static final String KEY = "#customerId = :key";

  /** What is on record is not written over. */
  private static final String NEW = "attribute_not_exists(customerId)";

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final Duration kept;
  private final boolean namesInCopies;

  /**
   * The audit of staff.
   *
   * @param kept how long a row tells of a member of staff: then DynamoDB deletes it
   * @param namesInCopies whether customers are told the names of those who look from now on
   */
  public StaffAudit(DynamoDbClient dynamoDb, String table, Duration kept, boolean namesInCopies) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.kept = kept;
    this.namesInCopies = namesInCopies;
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
                add(CUSTOMER + customerId, request, person, OPENED, about, now),
                add(day(person, now), request, person, OPENED, others, now)));
  }

  /**
   * Somebody is about to see what is in a row that is no customer's yet. Nothing is opened before
   * this has returned; else as {@link #opens(Person, String, EntryId, List, String, String,
   * Instant)}.
   */
  public void opens(
      Person person, RowId row, List<String> fields, String reason, String request, Instant now) {
    var about = Map.of("fields", text(String.join(" ", fields)), "reason", text(reason));
    var others = new HashMap<>(about);
    others.put("row", text(row.value()));
    dynamoDb.transactWriteItems(
        write ->
            write.transactItems(
                add(ROW + row, request, person, "opened", about, now),
                add(day(person, now), request, person, "opened", others, now)));
  }

  /**
   * Somebody decides about rows that are held.
   *
   * @param rows at most 100
   * @param to what was decided
   * @param reason why they are held
   */
  public void decides(
      Person person, List<RowId> rows, String to, String reason, String request, Instant now) {
    var about = Map.of("to", text(to), "reason", text(reason));
    var all =
        rows.stream().map(row -> add(ROW + row, request, person, "decided", about, now)).toList();
    dynamoDb.transactWriteItems(write -> write.transactItems(all));
  }

  /** How often a person has opened something on this day (UTC), however many pages that is. */
  public int opened(Person person, Instant now) {
    return dynamoDb
        .queryPaginator(
            query ->
                query
                    .tableName(table)
                    .consistentRead(true)
                    .select(Select.COUNT)
                    .keyConditionExpression(KEY)
                    .expressionAttributeNames(Attributes.names(KEY))
                    .expressionAttributeValues(Map.of(":key", text(day(person, now)))))
        .stream()
        .mapToInt(QueryResponse::count)
        .sum();
  }

  /** Somebody moves an entry from one state to another. */
  public void moves(
      Person person, String customerId, EntryId entryId, String to, String request, Instant now) {
    put(
        item(
            CUSTOMER + customerId,
            request,
            person,
            "moved",
            Map.of("entryId", text(entryId.value()), "to", text(to)),
            now));
  }

  /**
   * Somebody marks an entry.
   *
   * @param tags all that it is marked with from now on
   */
  public void tags(
      Person person,
      String customerId,
      EntryId entryId,
      Set<String> tags,
      String request,
      Instant now) {
    var to = String.join(" ", new TreeSet<>(tags));
    put(
        item(
            CUSTOMER + customerId,
            request,
            person,
            "tagged",
            Map.of("entryId", text(entryId.value()), "to", text(to)),
            now));
  }

  /** Somebody is about to write something down about a customer, which counts as opening them. */
  public void notes(Person person, String customerId, String request, Instant now) {
    var whose = Map.of("subjectOf", text(customerId));
    dynamoDb.transactWriteItems(
        write ->
            write.transactItems(
                add(CUSTOMER + customerId, request, person, NOTED, Map.of(), now),
                add(day(person, now), request, person, NOTED, whose, now)));
  }

  /**
   * Somebody orders something to be done with a customer.
   *
   * @param what the order, without its ground
   */
  public void ordersAbout(
      Person person, String customerId, String what, String request, Instant now) {
    put(item(CUSTOMER + customerId, request, person, ORDERED, Map.of("to", text(what)), now));
  }

  /**
   * Somebody orders a request to be entered for a customer, which counts as opening them. What came
   * of it, DeletionFunction writes.
   *
   * @param what is asked for
   * @param check how they made sure that it was the customer who asked
   */
  public void entersFor(
      Person person,
      String customerId,
      RowId row,
      String what,
      String check,
      String request,
      Instant now) {
    var ofCustomer = Map.of("to", text("ask " + what), "row", text(row.value()));
    var ofRow = Map.of("to", text(what), "reason", text(check), "subjectOf", text(customerId));
    var whose = Map.of("subjectOf", text(customerId));
    dynamoDb.transactWriteItems(
        write ->
            write.transactItems(
                add(CUSTOMER + customerId, request, person, ORDERED, ofCustomer, now),
                add(ROW + row, request, person, ORDERED, ofRow, now),
                add(day(person, now), request, person, ORDERED, whose, now)));
  }

  /** Somebody asks for what a colleague has entered to be carried out; likewise. */
  public void confirms(Person person, RowId row, String request, Instant now) {
    put(item(ROW + row, request, person, "asked-to-confirm", Map.of(), now));
  }

  /** Somebody looks at a list, which opens nobody. */
  public void lists(Person person, String list, String request, Instant now) {
    put(item(list(now), request, person, "listed", Map.of("list", text(list)), now));
  }

  /** Somebody is about to ask what is open of an address, which counts as opening them. */
  public void asks(Person person, String list, String request, Instant now) {
    lists(person, list, request, now);
    put(item(day(person, now), request, person, "asked", Map.of(), now));
  }

  /** Somebody is about to see what was found by an address: rows, by their ids. */
  public void finds(Person person, List<RowId> rows, String request, Instant now) {
    var ids = rows.stream().map(RowId::value).collect(Collectors.joining(" "));
    var found = Map.of("rows", text(ids));
    put(item(list(now), request + ".found", person, "found", found, now));
  }

  /** Somebody gives an order that is about no customer: to whom it is given is a target. */
  public void orders(Person person, String order, String target, String request, Instant now) {
    put(
        item(
            "staff-order#" + Timestamp.of(now).substring(0, 10),
            request,
            person,
            order,
            Map.of("target", text(target)),
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

  private static String list(Instant now) {
    return "staff-list#" + Timestamp.of(now).substring(0, 10);
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

  private Map<String, AttributeValue> item(
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
    item.put("expiresAt", seconds(now.plus(kept)));
    return item;
  }
}
