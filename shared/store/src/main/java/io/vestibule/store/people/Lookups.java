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
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * The table of lookups: by what an entry is found, and what lists may show of it. It can be lost: a
 * pass makes it anew of the entries. There is one only where staff have a door.
 *
 * <ul>
 *   <li>{@code <entryId>}: the card of an entry
 *   <li>{@code <entryId>#<word>}: a word of it, as a keyed hash
 *   <li>{@code <entryId>#taken} and {@code <entryId>#tag#<tag>}: that staff have taken or marked
 *       it; without a list if that is so no more
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
  private static final Pattern MARKED = Pattern.compile("[^#]+#(taken|tag#.*)");

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

    /** The entries that somebody sees to: {@link Standing#takenBy()}. */
    public static String takenBy(String holder) {
      return "taken#" + holder;
    }

    /** The entries in a state that are marked with a tag. */
    public static String tagged(String tag, EntryState state) {
      return "tag#%s#%s".formatted(tag, state.code());
    }

    private static byte[] made(byte[] ciphertext) {
      return Arrays.copyOf(Sha256.of(ciphertext), MADE_BYTES);
    }
  }

  /**
   * A card, and what else the entry is found by.
   *
   * @param lists besides that of the card, by the end of the row's key
   */
  public record Lookup(CardRow card, List<String> words, Map<String, String> lists) {

    /** Of an entry that staff have not taken or marked, or of a customer. */
    public Lookup(CardRow card, List<String> words) {
      this(card, words, Map.of());
    }

    public Lookup with(Standing standing) {
      return new Lookup(card, words, standing.lists());
    }

    /** What the table has of it, by the keys of the rows. */
    public List<String> lookupIds() {
      return Stream.concat(
              Stream.of(""),
              Stream.concat(words.stream().map("#"::concat), lists.keySet().stream()))
          .map(card.lookupId()::concat)
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

    /** Of the card of an entry. */
    public static Place of(Entries.Listed entry) {
      return new Place(entry.customerId(), entry.entryId().value());
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
    lookup
        .lists()
        .forEach(
            (end, list) -> {
              var row = new HashMap<>(key(card.customerId(), card.lookupId() + end));
              row.put("at", text(card.at().value()));
              row.put("list", text(list));
              writes.add(put(row));
            });
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

  /**
   * What staff have taken or marked goes into those lists and out of others, in the transaction
   * that says so. A row that stands in no list any more stays: who does this deletes nothing.
   */
  List<TransactWriteItem> mark(String customerId, EntryId entryId, Standing from, Standing to) {
    return Standing.changes(from.lists(), to.lists()).stream()
        .map(end -> mark(key(customerId, entryId.value() + end), entryId, to.lists().get(end)))
        .toList();
  }

  private TransactWriteItem mark(
      Map<String, AttributeValue> key, EntryId entryId, @Nullable String list) {
    var change = list == null ? "REMOVE #list, #at" : "SET #list = :list, #at = :at";
    var update =
        Update.builder()
            .tableName(table)
            .key(key)
            .updateExpression(change)
            .expressionAttributeNames(Attributes.names(change));
    if (list != null) {
      update.expressionAttributeValues(Map.of(":list", text(list), ":at", text(entryId.value())));
    }
    return TransactWriteItem.builder().update(update.build()).build();
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
   * The newest cards of lists, by the index, which may lag.
   *
   * @param lists each entry stands in one of them at most
   * @param span between which times
   */
  public Part<Place> inLists(List<String> lists, Span span, int most) {
    var items =
        lists.stream()
            .flatMap(it -> items(BY_LIST, IN_LIST, KEY + ", #at", it, span, most).stream())
            .sorted(Comparator.comparing(Lookups::end).reversed())
            .limit(most)
            .toList();
    return Part.of(
        items.stream().flatMap(it -> Place.of(it).stream()).toList(),
        items.stream().flatMap(it -> at(it).stream()).toList(),
        items.size() == most);
  }

  /** The customers whose newest entries are the newest, by the index, which may lag. */
  public Part<Place> customers(Span span, int most) {
    return inLists(List.of(CardRow.CUSTOMERS), span, most);
  }

  private static String end(Map<String, AttributeValue> item) {
    return text(item, "at").orElse("");
  }

  private static Optional<EntryId> at(Map<String, AttributeValue> item) {
    try {
      return text(item, "at").map(EntryId::new);
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // None of ours.
    }
  }

  /** How many stand in lists, up to a number, by the index, which may lag. */
  public int count(List<String> lists, int most) {
    var condition = "#list = :is";
    return lists.stream()
        .mapToInt(
            list ->
                dynamoDb
                    .query(
                        query ->
                            query
                                .tableName(table)
                                .indexName(BY_LIST)
                                .select(Select.COUNT)
                                .keyConditionExpression(condition)
                                .expressionAttributeNames(Attributes.names(condition))
                                .expressionAttributeValues(Map.of(":is", text(list)))
                                .limit(most))
                    .count())
        .sum();
  }

  /** Whose cards say that they have a word, the newest first. The cards themselves must say so. */
  public List<Place> having(String word, Span span, int most) {
    return items(BY_WORD, "#word = :is AND #lookupId BETWEEN :from AND :to", KEY, word, span, most)
        .stream()
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

    /** Whether it is left of what staff had taken or marked, as no word is called so. */
    public boolean isUnlisted() {
      return list.isEmpty() && MARKED.matcher(lookupId).matches();
    }

    /** Whether it says this of that entry. */
    public boolean isOf(CardRow card) {
      return list.equals(card.list())
          && at.equals(card.at().value())
          && Arrays.equals(made, card.made());
    }
  }

  /**
   * Whether an entry stands in these lists besides that of its card, and in no others.
   *
   * @param there of {@link #of}
   */
  public static boolean isListed(Map<String, Plain> there, EntryId entryId, Standing standing) {
    var lists = new HashMap<String, String>();
    there.values().stream()
        .filter(it -> it.lookupId().startsWith(entryId.value() + "#") && !it.list().isEmpty())
        .forEach(it -> lists.put(it.lookupId().substring(entryId.value().length()), it.list()));
    return lists.equals(standing.lists());
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

  /**
   * Deletes a row of {@link #mark} that stands in no list, unless staff have put it into one again.
   */
  public void deleteUnlisted(String customerId, String lookupId) {
    try {
      dynamoDb.deleteItem(
          delete ->
              delete
                  .tableName(table)
                  .key(key(customerId, lookupId))
                  .conditionExpression("attribute_not_exists(#list)")
                  .expressionAttributeNames(Attributes.names("#list")));
    } catch (ConditionalCheckFailedException _) {
      // It stands in one.
    }
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
