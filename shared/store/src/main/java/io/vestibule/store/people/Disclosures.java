package io.vestibule.store.people;

import static io.vestibule.store.Attributes.bytes;
import static io.vestibule.store.Attributes.number;
import static io.vestibule.store.Attributes.required;
import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;

import io.vestibule.core.RowId;
import io.vestibule.store.Attributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Select;

/**
 * The disclosures table: copies of their data that people asked for, in encrypted parts. The time
 * to live only cleans up: every reader compares the deadline.
 */
public final class Disclosures {

  private final DynamoDbClient dynamoDb;
  private final String table;

  public Disclosures(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /** Stores a copy. Parts that an earlier attempt stored for the same request are deleted first. */
  public void put(RowId request, List<byte[]> parts, Instant expiresAt) {
    delete(request);
    for (int part = 0; part < parts.size(); part++) {
      var item =
          Map.of(
              "request", text(request.value()),
              "part", number(part),
              "ciphertext", bytes(parts.get(part)),
              "expiresAt", seconds(expiresAt));
      dynamoDb.putItem(put -> put.tableName(table).item(item));
    }
  }

  /** The parts of a copy in their order; none if there is no copy, or its time is over. */
  public List<byte[]> find(RowId request, Instant now) {
    var parts = new ArrayList<byte[]>();
    for (var item : items(request)) {
      Optional<Instant> expiresAt = seconds(item, "expiresAt");
      if (expiresAt.filter(now::isBefore).isPresent()) {
        parts.add(required(bytes(item, "ciphertext"), "ciphertext"));
      }
    }
    return parts;
  }

  /** Deletes a copy. */
  public void delete(RowId request) {
    for (var item : items(request)) {
      var key = Map.of("request", item.get("request"), "part", item.get("part"));
      dynamoDb.deleteItem(delete -> delete.tableName(table).key(key));
    }
  }

  /**
   * Deletes all copies whose time is over, as the time to live would, days later.
   *
   * @return how many parts
   */
  public int deleteExpired(Instant now) {
    var columns = "#request, #part";
    var expired = "#expiresAt <= :now";
    int deleted = 0;
    for (var key :
        dynamoDb
            .scanPaginator(
                scan ->
                    scan.tableName(table)
                        .select(Select.SPECIFIC_ATTRIBUTES)
                        .projectionExpression(columns)
                        .filterExpression(expired)
                        .expressionAttributeNames(Attributes.names(columns, expired))
                        .expressionAttributeValues(Map.of(":now", seconds(now))))
            .items()) {
      dynamoDb.deleteItem(delete -> delete.tableName(table).key(key));
      deleted++;
    }
    return deleted;
  }

  private List<Map<String, AttributeValue>> items(RowId request) {
    return dynamoDb
        .queryPaginator(
            query ->
                query
                    .tableName(table)
                    .consistentRead(true)
                    .keyConditionExpression("#request = :request")
                    .expressionAttributeNames(Attributes.names("#request"))
                    .expressionAttributeValues(Map.of(":request", text(request.value()))))
        .items()
        .stream()
        .toList();
  }
}
