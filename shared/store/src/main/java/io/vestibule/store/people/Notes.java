package io.vestibule.store.people;

import static io.vestibule.store.Attributes.bytes;
import static io.vestibule.store.Attributes.required;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.store.Attributes;
import io.vestibule.store.Cancellation;
import io.vestibule.store.people.Identities.Identity;
import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The table of notes: what staff have written down about customers, each encrypted with the
 * customer's own key, whose end is theirs. They are in no backup: DynamoDB can bring them back for
 * 35 days.
 */
public final class Notes {

  /** A page of all of them, in the longest words, must fit in Lambda's 6 MB. */
  public static final int MOST = 200;

  private static final String KEY = "#customerId, #noteId";
  private static final String OWNER = "#customerId";
  private static final String OF_CUSTOMER = "#customerId = :customerId";

  private final DynamoDbClient dynamoDb;
  private final Identities identities;
  private final String table;

  public Notes(DynamoDbClient dynamoDb, Identities identities, String table) {
    this.dynamoDb = dynamoDb;
    this.identities = identities;
    this.table = table;
  }

  /**
   * A note as stored. Everything but the ciphertext is bound to it as associated data.
   *
   * @param noteId made by the page on which it was written: who sends that twice has written one
   */
  public record NoteRow(String customerId, String noteId, Instant createdAt, byte[] ciphertext) {}

  /** What came of a wish to add one. */
  public enum Added {
    /** It is there, or was before. */
    DONE,
    /** The customer is not there any more. */
    GONE,
    /** Somebody else was at the customer in the same moment: to be tried again. */
    CONFLICT
  }

  /**
   * Adds a note, if its customer still has their key: who erases deletes that first, and looks for
   * notes afterwards, so that none is left of who was erased.
   */
  public Added add(Identity customer, NoteRow row) {
    try {
      dynamoDb.transactWriteItems(
          write -> write.transactItems(identities.unchanged(customer), put(row)));
      return Added.DONE;
    } catch (TransactionCanceledException e) {
      var cancellation = Cancellation.of(e);
      if (cancellation.failedAt(0)) {
        return Added.GONE;
      }
      if (cancellation.failedAt(1)) {
        return Added.DONE;
      }
      if (cancellation.isConflict()) {
        return Added.CONFLICT;
      }
      throw e;
    }
  }

  private TransactWriteItem put(NoteRow row) {
    return TransactWriteItem.builder()
        .put(
            put ->
                put.tableName(table)
                    .item(
                        Map.of(
                            "customerId", text(row.customerId()),
                            "noteId", text(row.noteId()),
                            "createdAt", time(row.createdAt()),
                            "ciphertext", bytes(row.ciphertext())))
                    .conditionExpression("attribute_not_exists(customerId)"))
        .build();
  }

  /** The notes about a customer, as items in no order; read as the stream is. */
  public Stream<Map<String, AttributeValue>> of(String customerId) {
    return dynamoDb.queryPaginator(query -> of(customerId, query)).items().stream();
  }

  /**
   * An item as a row.
   *
   * @throws IllegalStateException if it lacks something, and so is none that we write
   */
  public static NoteRow row(Map<String, AttributeValue> item) {
    return new NoteRow(
        required(text(item, "customerId"), "customerId"),
        required(text(item, "noteId"), "noteId"),
        required(time(item, "createdAt"), "createdAt"),
        required(bytes(item, "ciphertext"), "ciphertext"));
  }

  /** Which notes there are about a customer, by id. */
  public Set<String> idsOf(String customerId) {
    var ids = new HashSet<String>();
    pages(customerId)
        .forEachRemaining(page -> page.forEach(item -> text(item, "noteId").ifPresent(ids::add)));
    return ids;
  }

  /** The keys of the notes about a customer, page by page. */
  public Iterator<List<Map<String, AttributeValue>>> pages(String customerId) {
    return dynamoDb
        .queryPaginator(
            query ->
                of(customerId, query)
                    .select(Select.SPECIFIC_ATTRIBUTES)
                    .projectionExpression(KEY)
                    .expressionAttributeNames(Attributes.names(KEY, OF_CUSTOMER)))
        .stream()
        .map(QueryResponse::items)
        .iterator();
  }

  private QueryRequest.Builder of(String customerId, QueryRequest.Builder query) {
    return query
        .tableName(table)
        .consistentRead(true)
        .keyConditionExpression(OF_CUSTOMER)
        .expressionAttributeNames(Attributes.names(OF_CUSTOMER))
        .expressionAttributeValues(Map.of(":customerId", text(customerId)));
  }

  /** About whom there are notes, page by page. */
  public Iterator<List<String>> owners() {
    return dynamoDb
        .scanPaginator(
            scan ->
                scan.tableName(table)
                    .select(Select.SPECIFIC_ATTRIBUTES)
                    .projectionExpression(OWNER)
                    .expressionAttributeNames(Attributes.names(OWNER)))
        .stream()
        .map(page -> page.items().stream().flatMap(item -> text(item, "customerId").stream()))
        .map(Stream::toList)
        .iterator();
  }

  /** Deletes a row. */
  public void delete(Map<String, AttributeValue> key) {
    dynamoDb.deleteItem(delete -> delete.tableName(table).key(key));
  }
}
