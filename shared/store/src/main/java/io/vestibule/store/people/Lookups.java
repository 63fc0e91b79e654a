package io.vestibule.store.people;

import static io.vestibule.store.Attributes.bytes;
import static io.vestibule.store.Attributes.required;
import static io.vestibule.store.Attributes.text;

import io.vestibule.core.EntryId;
import io.vestibule.core.Sha256;
import io.vestibule.store.Attributes;
import io.vestibule.store.Cancellation;
import io.vestibule.store.people.Entries.EntryRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The table of lookups: by what an entry is found, and what lists may show of it. It can be lost: a
 * pass makes it anew of the entries. There is one only where staff have a door.
 *
 * <ul>
 *   <li>{@code <entryId>}: the card of an entry
 *   <li>{@code <entryId>#<word>}: a word of it, as a keyed hash
 *   <li>{@code customer}: the card of the customer, made of the newest entry
 * </ul>
 */
public final class Lookups {

  private static final String BY_LIST = "byList";
  private static final String BY_WORD = "byWord";
  private static final String IN_LIST = "#list = :is AND #at BETWEEN :from AND :to";
  private static final String KEY = "#customerId, #lookupId";
  private static final String PLAIN = KEY + ", #list, #at, #made";
  private static final String OF_CUSTOMER = "#customerId = :customerId";
  private static final int MADE_BYTES = 16;

  private final DynamoDbClient dynamoDb;
  private final String table;

  public Lookups(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /**
   * A card as stored.
   *
   * @param at the entry that it is made of
   * @param list in which it stands
   * @param made what of that entry it is made of: a hash of its ciphertext
   * @param card sealed
   */
  public record CardRow(
      String customerId,
      String lookupId,
      EntryId at,
      String form,
      String list,
      byte[] made,
      byte[] card) {

    /** What stands in the place of an entry's id in the card of a customer. */
    public static final String CUSTOMER = "customer";

    /** The list of all customers. */
    public static final String CUSTOMERS = "customers";

    public static CardRow ofEntry(EntryRow row, EntryState state, byte[] card) {
      return new CardRow(
          row.customerId(),
          row.entryId().value(),
          row.entryId(),
          row.form(),
          list(row.form(), state),
          made(row.ciphertext()),
          card);
    }

    public static CardRow ofCustomer(EntryRow newest, byte[] card) {
      return new CardRow(
          newest.customerId(),
          CUSTOMER,
          newest.entryId(),
          newest.form(),
          CUSTOMERS,
          made(newest.ciphertext()),
          card);
    }

    /** The entries of a form in a state. */
    public static String list(String form, EntryState state) {
      return form + "#" + state.code();
    }

    private static byte[] made(byte[] ciphertext) {
      return Arrays.copyOf(Sha256.of(ciphertext), MADE_BYTES);
    }
  }

  /** A card, and the words that it is found by. */
  public record Lookup(CardRow card, List<String> words) {

    /** What the table has of it, by the keys of the rows. */
    public List<String> lookupIds() {
      return Stream.concat(
              Stream.of(card.lookupId()), words.stream().map(it -> card.lookupId() + "#" + it))
          .toList();
    }
  }

  /** Where a card is. */
  public record Place(String customerId, String lookupId) {

    /** Of the card to which a row belongs; empty if no row of ours is called so. */
    private static Optional<Place> of(Map<String, AttributeValue> item) {
      return text(item, "lookupId")
          .flatMap(
              id -> text(item, "customerId").map(it -> new Place(it, id.replaceFirst("#.*", ""))))
          .filter(it -> it.lookupId().equals(CardRow.CUSTOMER) || it.entryId().isPresent());
    }

    /** The entry whose card it is; empty for a customer's. */
    public Optional<EntryId> entryId() {
      try {
        return Optional.of(new EntryId(lookupId));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }

    private Map<String, AttributeValue> key() {
      return Lookups.key(customerId, lookupId);
    }
  }

  /** Writes it, whatever is there. */
  public List<TransactWriteItem> put(Lookup lookup) {
    var writes = new ArrayList<TransactWriteItem>();
    var card = lookup.card();
    var item = new HashMap<>(key(card.customerId(), card.lookupId()));
    item.put("at", text(card.at().value()));
    item.put("form", text(card.form()));
    item.put("list", text(card.list()));
    item.put("made", bytes(card.made()));
    item.put("card", bytes(card.card()));
    writes.add(put(item));
    for (String word : lookup.words()) {
      var row = new HashMap<>(key(card.customerId(), card.lookupId() + "#" + word));
      row.put("word", text(word));
      writes.add(put(row));
    }
    return writes;
  }

  /**
   * Writes them, if what they are made of is as it was read.
   *
   * @return false if it is not
   */
  public boolean put(List<Lookup> all, List<TransactWriteItem> asRead) {
    var writes = new ArrayList<>(asRead);
    all.forEach(it -> writes.addAll(put(it)));
    try {
      dynamoDb.transactWriteItems(write -> write.transactItems(writes));
      return true;
    } catch (TransactionCanceledException e) {
      var cancellation = Cancellation.of(e);
      if (cancellation.isFailure() || cancellation.isConflict()) {
        return false;
      }
      throw e;
    }
  }

  private TransactWriteItem put(Map<String, AttributeValue> item) {
    return TransactWriteItem.builder().put(put -> put.tableName(table).item(item)).build();
  }

  /** The card of an entry goes to another list, in the transaction that moves the entry. */
  TransactWriteItem move(String customerId, EntryId entryId, String form, EntryState to) {
    return TransactWriteItem.builder()
        .update(
            update ->
                update
                    .tableName(table)
                    .key(key(customerId, entryId.value()))
                    .updateExpression("SET #list = :list")
                    .conditionExpression("attribute_exists(customerId)")
                    .expressionAttributeNames(Attributes.names("#list"))
                    .expressionAttributeValues(Map.of(":list", text(CardRow.list(form, to)))))
        .build();
  }

  /** Cards by where they are; those that are not there are left out. At most 100. */
  public Map<Place, CardRow> cards(Collection<Place> places) {
    if (places.isEmpty()) {
      return Map.of();
    }
    var keys =
        KeysAndAttributes.builder()
            .keys(places.stream().distinct().map(Place::key).toList())
            .build();
    var cards = new HashMap<Place, CardRow>();
    dynamoDb.batchGetItemPaginator(get -> get.requestItems(Map.of(table, keys))).stream()
        .flatMap(page -> page.responses().getOrDefault(table, List.of()).stream())
        .flatMap(item -> card(item).stream())
        .forEach(it -> cards.put(new Place(it.customerId(), it.lookupId()), it));
    return cards;
  }

  /** An item as a card; empty if it is none of ours. */
  private static Optional<CardRow> card(Map<String, AttributeValue> item) {
    try {
      return Optional.of(
          new CardRow(
              required(text(item, "customerId"), "customerId"),
              required(text(item, "lookupId"), "lookupId"),
              new EntryId(required(text(item, "at"), "at")),
              required(text(item, "form"), "form"),
              required(text(item, "list"), "list"),
              required(bytes(item, "made"), "made"),
              required(bytes(item, "card"), "card")));
    } catch (IllegalStateException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * The newest cards of a list, by the index, which may lag.
   *
   * @param span between which times
   */
  public List<Place> inList(String list, Span span, int most) {
    return newest(BY_LIST, IN_LIST, list, span, most);
  }

  /**
   * Customers in their list.
   *
   * @param places of cards that may be theirs
   * @param last where the part of the list ends that was looked at; empty if it is all
   */
  public record Customers(List<Place> places, Optional<EntryId> last) {

    private static Customers of(List<Map<String, AttributeValue>> items, int most) {
      var ends = items.stream().flatMap(it -> at(it).stream()).toList();
      return new Customers(
          items.stream().flatMap(it -> Place.of(it).stream()).toList(),
          items.size() < most || ends.isEmpty() ? Optional.empty() : Optional.of(ends.getLast()));
    }

    private static Optional<EntryId> at(Map<String, AttributeValue> item) {
      try {
        return text(item, "at").map(EntryId::new);
      } catch (IllegalArgumentException e) {
        return Optional.empty(); // None of ours.
      }
    }
  }

  /** The customers whose newest entries are the newest, by the index, which may lag. */
  public Customers customers(Span span, int most) {
    return Customers.of(
        items(BY_LIST, IN_LIST, KEY + ", #at", CardRow.CUSTOMERS, span, most), most);
  }

  /** Whose cards say that they have a word, the newest first. The cards themselves must say so. */
  public List<Place> having(String word, Span span, int most) {
    return newest(BY_WORD, "#word = :is AND #lookupId BETWEEN :from AND :to", word, span, most);
  }

  private List<Place> newest(String index, String condition, String is, Span span, int most) {
    return items(index, condition, KEY, is, span, most).stream()
        .flatMap(item -> Place.of(item).stream())
        .toList();
  }

  private List<Map<String, AttributeValue>> items(
      String index, String condition, String columns, String is, Span span, int most) {
    return dynamoDb
        .query(
            query ->
                query
                    .tableName(table)
                    .indexName(index)
                    .keyConditionExpression(condition)
                    .projectionExpression(columns)
                    .expressionAttributeNames(Attributes.names(condition, columns))
                    .expressionAttributeValues(
                        Map.of(
                            ":is", text(is),
                            ":from", text(span.from()),
                            ":to", text(span.to())))
                    .scanIndexForward(false)
                    .limit(most))
        .items();
  }

  /** The keys of all that is here of a customer, page by page. */
  public Iterator<List<Map<String, AttributeValue>>> pages(String customerId) {
    return dynamoDb.queryPaginator(query -> keys(customerId, query)).stream()
        .map(QueryResponse::items)
        .iterator();
  }

  private QueryRequest.Builder keys(String customerId, QueryRequest.Builder query) {
    return query
        .tableName(table)
        .consistentRead(true)
        .keyConditionExpression(OF_CUSTOMER)
        .select(Select.SPECIFIC_ATTRIBUTES)
        .projectionExpression(KEY)
        .expressionAttributeNames(Attributes.names(OF_CUSTOMER, KEY))
        .expressionAttributeValues(Map.of(":customerId", text(customerId)));
  }

  /** Deletes a row. */
  public void delete(Map<String, AttributeValue> key) {
    dynamoDb.deleteItem(delete -> delete.tableName(table).key(key));
  }

  /** Deletes all that is here of an entry, also the customer's card, if it is made of it. */
  public void endEntry(String customerId, EntryId entryId) {
    pages(customerId)
        .forEachRemaining(
            page ->
                page.stream()
                    .filter(it -> Place.of(it).filter(isOf(entryId)).isPresent())
                    .forEach(this::delete));
    try {
      dynamoDb.deleteItem(
          delete ->
              delete
                  .tableName(table)
                  .key(key(customerId, CardRow.CUSTOMER))
                  .conditionExpression("#at = :entryId")
                  .expressionAttributeNames(Attributes.names("#at"))
                  .expressionAttributeValues(Map.of(":entryId", text(entryId.value()))));
    } catch (ConditionalCheckFailedException _) {
      // There is none, or it is made of another entry.
    }
  }

  private static Predicate<Place> isOf(EntryId entryId) {
    return place -> place.lookupId().equals(entryId.value());
  }

  /**
   * What the pass sees of a row, in the clear.
   *
   * @param list empty in a row of a word
   * @param made empty in a row of a word
   */
  public record Plain(String lookupId, String list, String at, byte[] made) {

    /** Whether it says this of that entry. */
    public boolean isOf(CardRow card) {
      return list.equals(card.list())
          && at.equals(card.at().value())
          && Arrays.equals(made, card.made());
    }
  }

  /** All that is here of a customer, by its keys. */
  public Map<String, Plain> of(String customerId) {
    var rows = new HashMap<String, Plain>();
    dynamoDb
        .queryPaginator(
            query ->
                keys(customerId, query)
                    .projectionExpression(PLAIN)
                    .expressionAttributeNames(Attributes.names(OF_CUSTOMER, PLAIN)))
        .items()
        .forEach(
            item -> {
              var id = required(text(item, "lookupId"), "lookupId");
              rows.put(
                  id,
                  new Plain(
                      id,
                      text(item, "list").orElse(""),
                      text(item, "at").orElse(""),
                      bytes(item, "made").orElse(new byte[0])));
            });
    return rows;
  }

  /** Deletes a row by its key. */
  public void delete(String customerId, String lookupId) {
    delete(key(customerId, lookupId));
  }

  /** Whose cards there are; a customer may come several times. */
  public Stream<String> owners() {
    return dynamoDb
        .scanPaginator(
            scan ->
                scan.tableName(table)
                    .select(Select.SPECIFIC_ATTRIBUTES)
                    .projectionExpression(KEY)
                    .expressionAttributeNames(Attributes.names(KEY)))
        .items()
        .stream()
        .flatMap(item -> text(item, "customerId").stream());
  }

  private static Map<String, AttributeValue> key(String customerId, String lookupId) {
    return Map.of("customerId", text(customerId), "lookupId", text(lookupId));
  }
}
