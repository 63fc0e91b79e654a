package io.vestibule.store.audit;

import static io.vestibule.store.Attributes.number;
import static io.vestibule.store.Attributes.required;
import static io.vestibule.store.Attributes.text;

import io.vestibule.core.AuditAction;
import io.vestibule.core.DataRequest;
import io.vestibule.core.RowId;
import io.vestibule.core.Timestamp;
import io.vestibule.store.Attributes;
import io.vestibule.store.Erasure;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * The audit table: who did what to which customer, and when. Entries are only ever added, have no
 * value that a person entered, and are written in the transaction that they record.
 */
public final class AuditLog {

  private final DynamoDbClient dynamoDb;
  private final String table;

  public AuditLog(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /** Something that was done. */
  public record Entry(Instant at, String actor, AuditAction action) {}

  /** What was done to a customer, oldest first. */
  public List<Entry> of(String customerId) {
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
        .map(
            item ->
                new Entry(
                    at(required(text(item, "at#id"), "at#id")),
                    required(text(item, "actor"), "actor"),
                    AuditAction.of(required(text(item, "action"), "action"))))
        .toList();
  }

  private static Instant at(String atAndId) {
    return Timestamp.parse(atAndId.substring(0, atAndId.indexOf('#')));
  }

  public TransactWriteItem stored(String customerId, int version, RowId submission, Instant now) {
    return add(
        customerId,
        Timestamp.of(now) + "#" + submission,
        "StoreFunction",
        version == 1 ? AuditAction.CREATED : AuditAction.MERGED,
        Map.of("version", number(version)));
  }

  public TransactWriteItem erased(Erasure erasure, String customerId) {
    return add(
        customerId,
        Timestamp.of(erasure.erasedAt()) + "#" + erasure.askedBy(),
        erasure.actor(),
        AuditAction.ERASED,
        Map.of());
  }

  /** Somebody was told what is held about them, or why it is kept. */
  public TransactWriteItem told(String customerId, AuditAction action, String by, Instant now) {
    return add(customerId, Timestamp.of(now) + "#" + by, "DeletionFunction", action, Map.of());
  }

  public TransactWriteItem changed(
      String customerId, AuditAction action, int version, String by, Instant now) {
    return add(
        customerId,
        Timestamp.of(now) + "#" + by,
        "DeletionFunction",
        action,
        Map.of("version", number(version)));
  }

  /**
   * A person had an entry of the ledger about a number disregarded in a restore. It stands under a
   * key of its own: it is nothing that was done to a customer, and the version before, which reads
   * a customer's entries for their copy, knows no such action.
   */
  public void overruled(String customerId, Instant now) {
    var entry =
        entry(
            "ledger#" + customerId,
            Timestamp.of(now) + "#restore",
            "RestoreFunction",
            "overruled",
            Map.of());
    dynamoDb.putItem(put -> put.tableName(table).item(entry));
  }

  /**
   * A customer is opened so that a target can be told of them. It stands under a key of its own, as
   * the version before knows no such action.
   *
   * @param what the entry, or the request, that is told of
   * @param attempt the number of the attempt, from 1
   */
  public void openedFor(String target, String customerId, String what, int attempt, Instant now) {
    var entryOfLog =
        entry(
            "delivery#" + customerId,
            "%s#%s#%s#%d".formatted(Timestamp.of(now), target, what, attempt),
            "DeliverFunction",
            "opened",
            Map.of("target", text(target)));
    dynamoDb.putItem(put -> put.tableName(table).item(entryOfLog));
  }

  /**
   * A person gave an order to the delivery.
   *
   * @param by the invocation
   */
  public void orderedDelivery(String action, String target, String by, Instant now) {
    var entryOfLog =
        entry(
            "delivery",
            Timestamp.of(now) + "#" + by,
            "DeliverFunction",
            action,
            Map.of("target", text(target)));
    dynamoDb.putItem(put -> put.tableName(table).item(entryOfLog));
  }

  /**
   * Somebody asks what is open of an address. It does not say of which.
   *
   * @param by the invocation
   */
  public void found(String by, Instant now) {
    var entryOfLog =
        entry("find", Timestamp.of(now) + "#" + by, "DeletionFunction", "asked", Map.of());
    dynamoDb.putItem(put -> put.tableName(table).item(entryOfLog));
  }

  /**
   * What somebody orders in the name of somebody who did not ask by the form.
   *
   * @param action {@code ordered} or {@code asked-to-confirm} before anything is looked at; then
   *     {@code entered}, {@code entered-alone} if no second person is needed, or {@code confirmed},
   *     in the transaction with what it tells; or {@code refused}
   * @param why how it was made sure who asks, or for what it was refused; empty for nothing of both
   * @param who orders it
   * @param role in which they do
   */
  public record OnBehalf(
      RowId request, String action, DataRequest.Kind kind, String why, String who, String role) {}

  /**
   * Somebody orders it. It is not said whom it is about: the request's row tells that.
   *
   * @param by the invocation
   * @param kept how long it tells of a member of staff
   */
  public TransactWriteItem onBehalf(OnBehalf what, String by, Instant now, Duration kept) {
    var others = new HashMap<String, AttributeValue>();
    others.put("row", text(what.request().value()));
    others.put("kind", text(what.kind().code()));
    if (!what.why().isEmpty()) {
      others.put("reason", text(what.why()));
    }
    others.put("who", text(what.who()));
    others.put("role", text(what.role()));
    others.put("expiresAt", Attributes.seconds(now.plus(kept)));
    return put(
        "behalf#" + Timestamp.of(now).substring(0, 10),
        Timestamp.of(now) + "#" + by,
        "DeletionFunction",
        what.action(),
        others);
  }

  /** The same by itself. */
  public void tellOnBehalf(OnBehalf what, String by, Instant now, Duration kept) {
    var told = onBehalf(what, by, now, kept).put();
    dynamoDb.putItem(put -> put.tableName(table).item(told.item()));
  }

  /**
   * Takes one of the places that a day (UTC) has for such orders of a kind. Each place is a row
   * that is put once, so of those who come at the same moment no two get one. A request keeps the
   * place that it has taken.
   *
   * @param most how many places there are
   * @return false if others have taken all
   */
  public boolean takePlace(
      RowId request, DataRequest.Kind kind, int most, Instant now, Duration kept) {
    var key = "behalf-places#%s#%s".formatted(Timestamp.of(now).substring(0, 10), kind.code());
    var taken = places(key);
    boolean has = taken.contains(request.value());
    for (int place = taken.size(); !has && place < most; place++) {
      has = takePlace(key, place, request, now.plus(kept));
    }
    return has;
  }

  private boolean takePlace(String key, int place, RowId request, Instant until) {
    var others = Map.of("row", text(request.value()), "expiresAt", Attributes.seconds(until));
    var item = entry(key, "%03d".formatted(place), "DeletionFunction", "taken", others);
    try {
      dynamoDb.putItem(
          put ->
              put.tableName(table)
                  .item(item)
                  .conditionExpression("attribute_not_exists(customerId)"));
      return true;
    } catch (ConditionalCheckFailedException _) {
      return false;
    }
  }

  private List<String> places(String key) {
    return dynamoDb
        .queryPaginator(
            query ->
                query
                    .tableName(table)
                    .consistentRead(true)
                    .keyConditionExpression("#customerId = :customerId")
                    .expressionAttributeNames(Attributes.names("#customerId"))
                    .expressionAttributeValues(Map.of(":customerId", text(key))))
        .items()
        .stream()
        .flatMap(item -> text(item, "row").stream())
        .toList();
  }

  /**
   * The pass that binds identities was opened again. It is about no customer, so it stands where a
   * customer's number would.
   *
   * @param by the invocation
   */
  public TransactWriteItem rebound(String by, Instant now) {
    return put("binding", Timestamp.of(now) + "#" + by, "BindingFunction", "reopened", Map.of());
  }

  private TransactWriteItem add(
      String customerId,
      String at,
      String actor,
      AuditAction action,
      Map<String, AttributeValue> others) {
    return put(customerId, at, actor, action.code(), others);
  }

  private TransactWriteItem put(
      String customerId,
      String at,
      String actor,
      String action,
      Map<String, AttributeValue> others) {
    return TransactWriteItem.builder()
        .put(
            put ->
                put.tableName(table)
                    .item(entry(customerId, at, actor, action, others))
                    .conditionExpression("attribute_not_exists(customerId)"))
        .build();
  }

  private static Map<String, AttributeValue> entry(
      String customerId,
      String at,
      String actor,
      String action,
      Map<String, AttributeValue> others) {
    var item = new HashMap<>(others);
    item.put("customerId", text(customerId));
    item.put("at#id", text(at));
    item.put("actor", text(actor));
    item.put("action", text(action));
    return item;
  }
}
