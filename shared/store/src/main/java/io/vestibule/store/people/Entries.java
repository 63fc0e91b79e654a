package io.vestibule.store.people;

import static io.vestibule.store.Attributes.bytes;
import static io.vestibule.store.Attributes.required;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.EntryId;
import io.vestibule.store.Attributes;
import io.vestibule.store.Cancellation;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.paginators.QueryIterable;

/**
 * The table of entries: each submission that was confirmed, as it was handed in. A customer's
 * record has the newest value of each field; what somebody wrote before is here.
 */
public final class Entries {

  private static final String BY_ENTRY = "byEntry";
  private static final String BY_STATE = "byState";
  private static final String LISTED = "#customerId, #entryId, #form";
  private static final String OF_STATE = "#state = :state";
  private static final String SUMMARY = "#customerId, #entryId, #form, #formVersion, #state, #tags";
  private static final String KEY = "#customerId, #entryId";
  private static final String AGE = KEY + ", #form";
  private static final String STANDING = AGE + ", #state, #takenBy, #tags";
  private static final String BEFORE = "#entryId < :time";
  private static final String SINCE = "#entryId >= :time";
  private static final String OF_CUSTOMER = "#customerId = :customerId";

  /** Places in the transaction that changes an entry; no other of it has a condition. */
  private static final int ROW = 0;

  private static final int CARD = 1;

  private static final String LEAVE = "SET #ciphertext = :left";
  private static final String AS_IT_WAS = "#ciphertext = :had";

  private final DynamoDbClient dynamoDb;
  private final String table;

  public Entries(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /**
   * An entry as stored. Everything but the ciphertext is bound to it as associated data.
   *
   * @param formVersion which rules the form had: {@code Form.version()}
   * @param receivedAt when intake took it in
   */
  public record EntryRow(
      String customerId,
      EntryId entryId,
      String form,
      String formVersion,
      Instant receivedAt,
      byte[] ciphertext) {}

  /**
   * An item as a row.
   *
   * @throws IllegalStateException if it lacks something, and so is none that we write
   */
  public static EntryRow row(Map<String, AttributeValue> item) {
    return new EntryRow(
        required(text(item, "customerId"), "customerId"),
        new EntryId(required(text(item, "entryId"), "entryId")),
        required(text(item, "form"), "form"),
        required(text(item, "formVersion"), "formVersion"),
        required(time(item, "receivedAt"), "receivedAt"),
        required(bytes(item, "ciphertext"), "ciphertext"));
  }

  /** A customer's entries as items, the newest first; read as the stream is. */
  public Stream<Map<String, AttributeValue>> newestFirst(String customerId) {
    return dynamoDb
        .queryPaginator(query -> of(customerId, query).scanIndexForward(false))
        .items()
        .stream();
  }

  /** An entry as an item; empty if it is gone. */
  public Map<String, AttributeValue> find(String customerId, EntryId entryId) {
    return dynamoDb
        .getItem(get -> get.tableName(table).consistentRead(true).key(key(customerId, entryId)))
        .item();
  }

  /** Whether a customer has an entry. */
  public boolean hasAny(String customerId) {
    return !dynamoDb
        .query(
            query ->
                of(customerId, query)
                    .limit(1)
                    .select(Select.SPECIFIC_ATTRIBUTES)
                    .projectionExpression(KEY)
                    .expressionAttributeNames(Attributes.names(KEY, OF_CUSTOMER)))
        .items()
        .isEmpty();
  }

  /** How many entries a customer has. */
  public int count(String customerId) {
    return (int) keys(customerId).items().stream().count();
  }

  /**
   * The keys of a customer's entries, page by page. They are as they stand in the table: somebody
   * else may have written a row.
   */
  public Iterator<List<Map<String, AttributeValue>>> pages(String customerId) {
    return keys(customerId).stream().map(QueryResponse::items).iterator();
  }

  private QueryIterable keys(String customerId) {
    return dynamoDb.queryPaginator(
        query ->
            of(customerId, query)
                .select(Select.SPECIFIC_ATTRIBUTES)
                .projectionExpression(KEY)
                .expressionAttributeNames(Attributes.names(KEY, OF_CUSTOMER)));
  }

  private QueryRequest.Builder of(String customerId, QueryRequest.Builder query) {
    return query
        .tableName(table)
        .consistentRead(true)
        .keyConditionExpression(OF_CUSTOMER)
        .expressionAttributeNames(Attributes.names(OF_CUSTOMER))
        .expressionAttributeValues(Map.of(":customerId", text(customerId)));
  }

  /**
   * An entry as retention sees it.
   *
   * @param at when it was handed in
   */
  public record Aged(
      String customerId,
      EntryId entryId,
      String form,
      Instant at,
      Map<String, AttributeValue> key) {}

  /**
   * Entries that were handed in before a time, all of a customer one after the other. The whole
   * table is read once. A row that is none of ours is passed over.
   */
  public Iterable<Aged> handedInBefore(Instant time) {
    return scan(BEFORE, time);
  }

  /** Entries that were handed in since a time, as {@link #handedInBefore} tells those of before. */
  public Iterable<Aged> handedInSince(Instant time) {
    return scan(SINCE, time);
  }

  private Iterable<Aged> scan(String filter, Instant time) {
    return () ->
        dynamoDb
            .scanPaginator(
                scan ->
                    scan.tableName(table)
                        .select(Select.SPECIFIC_ATTRIBUTES)
                        .projectionExpression(AGE)
                        .filterExpression(filter)
                        .expressionAttributeNames(Attributes.names(AGE, filter))
                        .expressionAttributeValues(Map.of(":time", text(EntryId.bound(time)))))
            .items()
            .stream()
            .flatMap(item -> aged(item).stream())
            .iterator();
  }

  /**
   * A part of all entries as items, all of a customer one after the other; read as the stream is.
   */
  public Stream<Map<String, AttributeValue>> all(int segment, int segments) {
    return dynamoDb
        .scanPaginator(scan -> scan.tableName(table).segment(segment).totalSegments(segments))
        .items()
        .stream();
  }

  /** An item as retention sees it; empty if it is none of ours. */
  public static Optional<Aged> aged(Map<String, AttributeValue> item) {
    try {
      var customerId = required(text(item, "customerId"), "customerId");
      var entryId = new EntryId(required(text(item, "entryId"), "entryId"));
      return Optional.of(
          new Aged(
              customerId,
              entryId,
              required(text(item, "form"), "form"),
              entryId.receivedAt(),
              key(customerId, entryId)));
    } catch (IllegalStateException | IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Whose entries there are, page by page: by the index, which has keys alone, and may lag. */
  public Iterator<List<String>> owners() {
    return dynamoDb
        .scanPaginator(
            scan ->
                scan.tableName(table)
                    .indexName(BY_ENTRY)
                    .select(Select.SPECIFIC_ATTRIBUTES)
                    .projectionExpression(KEY)
                    .expressionAttributeNames(Attributes.names(KEY)))
        .stream()
        .map(page -> page.items().stream().flatMap(item -> text(item, "customerId").stream()))
        .map(Stream::toList)
        .iterator();
  }

  /**
   * An entry in a list: nothing that anybody has to open.
   *
   * @param form as the row says, which nobody has checked
   */
  public record Listed(String customerId, EntryId entryId, String form) {}

  /**
   * The newest entries in a state, by the index, which may lag. A row that is none of ours is
   * passed over.
   *
   * @param span between which times
   * @param most how many of the index's rows are looked at
   */
  public Part<Listed> inState(EntryState state, Span span, int most) {
    var condition = OF_STATE + " AND #entryId BETWEEN :from AND :to";
    var values =
        Map.of(":state", text(state.code()), ":from", text(span.from()), ":to", text(span.to()));
    var items =
        dynamoDb
            .query(
                query ->
                    query
                        .tableName(table)
                        .indexName(BY_STATE)
                        .keyConditionExpression(condition)
                        .select(Select.SPECIFIC_ATTRIBUTES)
                        .projectionExpression(LISTED)
                        .expressionAttributeNames(Attributes.names(condition, LISTED))
                        .expressionAttributeValues(values)
                        .scanIndexForward(false)
                        .limit(most))
            .items();
    var found = items.stream().flatMap(item -> listed(item).stream()).toList();
    return Part.of(found, found.stream().map(Listed::entryId).toList(), items.size() == most);
  }

  private static Optional<Listed> listed(Map<String, AttributeValue> item) {
    return aged(item).map(it -> new Listed(it.customerId(), it.entryId(), it.form()));
  }

  /** An entry in a list, and how far staff are with it. */
  public record Marked(Listed listed, Standing standing) {}

  /**
   * What the rows of entries say now, in the order of the places; what is gone is left out.
   *
   * @param places at most 100, where they may be
   */
  public List<Marked> marked(List<Lookups.Place> places) {
    var keys =
        places.stream()
            .flatMap(it -> it.entryId().map(id -> key(it.customerId(), id)).stream())
            .distinct()
            .toList();
    if (keys.isEmpty()) {
      return List.of();
    }
    var get =
        KeysAndAttributes.builder()
            .keys(keys)
            .consistentRead(true)
            .projectionExpression(STANDING)
            .expressionAttributeNames(Attributes.names(STANDING))
            .build();
    var found = new HashMap<Map<String, AttributeValue>, Marked>();
    dynamoDb.batchGetItemPaginator(it -> it.requestItems(Map.of(table, get))).stream()
        .flatMap(page -> page.responses().getOrDefault(table, List.of()).stream())
        .forEach(
            item ->
                marked(item)
                    .ifPresent(
                        it -> found.put(key(it.listed().customerId(), it.listed().entryId()), it)));
    return keys.stream().map(found::get).filter(Objects::nonNull).toList();
  }

  private static Optional<Marked> marked(Map<String, AttributeValue> item) {
    return listed(item).flatMap(it -> Standing.of(item).map(standing -> new Marked(it, standing)));
  }

  private static Map<String, AttributeValue> key(String customerId, EntryId entryId) {
    return Map.of("customerId", text(customerId), "entryId", text(entryId.value()));
  }

  /**
   * An entry of a customer: nothing that anybody has to open.
   *
   * @param form as the row says, which nobody has checked
   * @param formVersion the same; empty if it says none
   * @param tags ids of what staff have marked it with
   */
  public record Summary(
      EntryId entryId, String form, String formVersion, EntryState state, Set<String> tags) {}

  /**
   * What a customer has handed in, the newest first. A row that is none of ours is passed over.
   *
   * @param most how many rows are looked at
   */
  public List<Summary> ofCustomer(String customerId, int most) {
    return dynamoDb
        .query(
            query ->
                of(customerId, query)
                    .scanIndexForward(false)
                    .select(Select.SPECIFIC_ATTRIBUTES)
                    .projectionExpression(SUMMARY)
                    .expressionAttributeNames(Attributes.names(SUMMARY, OF_CUSTOMER))
                    .limit(most))
        .items()
        .stream()
        .flatMap(item -> aged(item).map(it -> summary(it, item)).stream())
        .toList();
  }

  private static Summary summary(Aged aged, Map<String, AttributeValue> item) {
    return new Summary(
        aged.entryId(),
        aged.form(),
        text(item, "formVersion").orElse(""),
        Standing.of(item).map(Standing::state).orElse(EntryState.NEW),
        Standing.tags(item));
  }

  /** How many entries are in a state, up to a number. */
  public int count(EntryState state, int most) {
    return dynamoDb
        .query(
            query ->
                query
                    .tableName(table)
                    .indexName(BY_STATE)
                    .select(Select.COUNT)
                    .keyConditionExpression(OF_STATE)
                    .expressionAttributeNames(Attributes.names(OF_STATE))
                    .expressionAttributeValues(Map.of(":state", text(state.code())))
                    .limit(most))
        .count();
  }

  /**
   * Whose entry it may be, by the index, which may lag. More than one only if somebody else wrote a
   * row.
   */
  public List<String> ownersOf(EntryId entryId) {
    return dynamoDb
        .query(
            query ->
                query
                    .tableName(table)
                    .indexName(BY_ENTRY)
                    .keyConditionExpression("#entryId = :entryId")
                    .expressionAttributeNames(Attributes.names("#entryId"))
                    .expressionAttributeValues(Map.of(":entryId", text(entryId.value()))))
        .items()
        .stream()
        .flatMap(item -> text(item, "customerId").stream())
        .toList();
  }

  /**
   * Says how far staff are with an entry, if it is as it was read; what lists have of it follows. A
   * card that is not there is made by the pass, in the state that the entry is in then.
   *
   * @return false if it is gone, or somebody else was faster
   */
  public boolean change(
      String customerId,
      EntryId entryId,
      String form,
      Standing from,
      Standing to,
      Lookups lookups) {
    var writes = new ArrayList<TransactWriteItem>();
    writes.add(change(customerId, entryId, from, to));
    if (from.state() != to.state()) {
      writes.add(lookups.move(customerId, entryId, form, to.state()));
    }
    writes.addAll(lookups.mark(customerId, entryId, from, to));
    var canceled = canceled(writes);
    boolean lacksCard = canceled.filter(it -> it.failedAt(CARD) && !it.failedAt(ROW)).isPresent();
    if (lacksCard) {
      writes.remove(CARD);
    }
    return lacksCard ? canceled(writes).isEmpty() : canceled.isEmpty();
  }

  private TransactWriteItem change(String customerId, EntryId entryId, Standing from, Standing to) {
    var values = new HashMap<>(from.values());
    values.putAll(to.newValues());
    return TransactWriteItem.builder()
        .update(
            update ->
                update
                    .tableName(table)
                    .key(key(customerId, entryId))
                    .updateExpression(to.change())
                    .conditionExpression(from.condition())
                    .expressionAttributeNames(Attributes.names(to.change(), from.condition()))
                    .expressionAttributeValues(values))
        .build();
  }

  /** Writes all of them, or tells what was not as it was read. */
  private Optional<Cancellation> canceled(List<TransactWriteItem> writes) {
    try {
      dynamoDb.transactWriteItems(write -> write.transactItems(writes));
      return Optional.empty();
    } catch (TransactionCanceledException e) {
      var cancellation = Cancellation.of(e);
      if (cancellation.isFailure() || cancellation.isConflict()) {
        return Optional.of(cancellation);
      }
      throw e;
    }
  }

  /** That an entry is as it was read: what it says, and how far staff are with it. */
  public TransactWriteItem asRead(EntryRow row, Standing standing) {
    var condition = AS_IT_WAS + " AND " + standing.condition();
    var values = new HashMap<>(standing.values());
    values.put(":had", bytes(row.ciphertext()));
    return TransactWriteItem.builder()
        .conditionCheck(
            check ->
                check
                    .tableName(table)
                    .key(key(row.customerId(), row.entryId()))
                    .conditionExpression(condition)
                    .expressionAttributeNames(Attributes.names(condition))
                    .expressionAttributeValues(values))
        .build();
  }

  /** Deletes a row. */
  public void delete(Map<String, AttributeValue> key) {
    dynamoDb.deleteItem(delete -> delete.tableName(table).key(key));
  }

  /**
   * Replaces an entry by what is left of it, if its customer is still as they were read: a hold
   * that was set since keeps all of it.
   *
   * @param customerAsRead {@link Identities#asRead}
   * @return false if one of them is not as it was read: it is gone, or somebody else changed it
   */
  public boolean replace(EntryRow had, EntryRow left, TransactWriteItem customerAsRead) {
    return canceled(List.of(customerAsRead, replacement(had, left))).isEmpty();
  }

  private TransactWriteItem replacement(EntryRow had, EntryRow left) {
    return TransactWriteItem.builder()
        .update(
            update ->
                update
                    .tableName(table)
                    .key(key(had.customerId(), had.entryId()))
                    .updateExpression(LEAVE)
                    .conditionExpression(AS_IT_WAS)
                    .expressionAttributeNames(Attributes.names(LEAVE, AS_IT_WAS))
                    .expressionAttributeValues(
                        Map.of(":left", bytes(left.ciphertext()), ":had", bytes(had.ciphertext()))))
        .build();
  }

  /** The row, unless it is there: what was confirmed is never overwritten. */
  TransactWriteItem add(EntryRow row, Instant now) {
    return TransactWriteItem.builder()
        .put(
            put ->
                put.tableName(table)
                    .item(
                        Map.of(
                            "customerId", text(row.customerId()),
                            "entryId", text(row.entryId().value()),
                            "form", text(row.form()),
                            "formVersion", text(row.formVersion()),
                            "number", text(row.entryId().number().value()),
                            "state", text(EntryState.NEW.code()),
                            "ciphertext", bytes(row.ciphertext()),
                            "receivedAt", time(row.receivedAt()),
                            "createdAt", time(now)))
                    .conditionExpression("attribute_not_exists(customerId)"))
        .build();
  }
}
