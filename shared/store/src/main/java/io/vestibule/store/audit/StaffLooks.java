package io.vestibule.store.audit;

import static io.vestibule.store.Attributes.text;

import io.vestibule.core.EntryId;
import io.vestibule.core.RowId;
import io.vestibule.core.Timestamp;
import io.vestibule.store.Attributes;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Who of the staff looked at a customer, as {@link StaffAudit} has written it. */
public record StaffLooks(DynamoDbClient dynamoDb, String table) {

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

  /** Who looked at a customer, the newest first; a row that is none of ours is passed over. */
  public Stream<Look> of(String customerId) {
    return rows(StaffAudit.CUSTOMER + customerId)
        .filter(item -> text(item, "action").filter(StaffAudit.OPENED::equals).isPresent())
        .flatMap(item -> look(item).stream());
  }

  /**
   * When anybody did anything with a customer for which StaffFunction unwraps their key, the newest
   * first.
   */
  public Stream<Instant> timesOf(String customerId) {
    return rows(StaffAudit.CUSTOMER + customerId)
        .filter(item -> text(item, "action").filter(StaffAudit.UNWRAPS::contains).isPresent())
        .flatMap(item -> look(item).stream())
        .map(Look::at);
  }

  /**
   * That somebody ordered a request to be entered for a customer.
   *
   * @param who as the issuer names them
   * @param check how they made sure that it was the customer who asked
   */
  public record Entered(String who, String check, String customerId) {}

  /** Who ordered that last; empty if nobody did. */
  public Optional<Entered> entered(RowId row) {
    return rows(StaffAudit.ROW + row)
        .filter(item -> text(item, "action").filter(StaffAudit.ORDERED::equals).isPresent())
        .map(
            item ->
                new Entered(
                    text(item, "who").orElse(""),
                    text(item, "reason").orElse(""),
                    text(item, "subjectOf").orElse("")))
        .findFirst();
  }

  /** Read as the stream is. */
  private Stream<Map<String, AttributeValue>> rows(String of) {
    var key = "#customerId = :key";
    return dynamoDb
        .queryPaginator(
            query ->
                query
                    .tableName(table)
                    .consistentRead(true)
                    .scanIndexForward(false)
                    .keyConditionExpression(key)
                    .expressionAttributeNames(Attributes.names(key))
                    .expressionAttributeValues(Map.of(":key", text(of))))
        .items()
        .stream();
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
}
