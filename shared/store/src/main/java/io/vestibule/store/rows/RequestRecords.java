package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.DataRequest;
import io.vestibule.core.HeldReason;
import io.vestibule.core.Timestamp;
import io.vestibule.store.Attributes;
import io.vestibule.store.rows.AskedRequests.Asked;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * What there was of requests that were confirmed, or entered by staff, in the audit table, for
 * longer than their own rows live: what was asked, when, and how it ended. It stands under keys
 * {@code requests#<year>}, which no version reads for a customer's copy.
 */
public final class RequestRecords {

  /** Some laws want it for two years, and an authority may ask a year later what was done then. */
  public static final Duration KEPT = Duration.ofDays(3 * 365 + 1);

  private static final String OF_YEAR = "#customerId = :key";

  private final DynamoDbClient dynamoDb;
  private final String table;

  public RequestRecords(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /**
   * Writes down what there is of a request, over what was written before. What was written of one
   * that had ended stays as it is: public functions can write its row, which is one more item then.
   */
  public void put(Asked request, Instant now) {
    var at = Timestamp.of(request.createdAt()) + "#" + request.id();
    try {
      dynamoDb.putItem(
          put ->
              put.tableName(table)
                  .item(item(request, at))
                  .conditionExpression("attribute_not_exists(doneAt)"));
    } catch (ConditionalCheckFailedException e) {
      dynamoDb.putItem(
          put -> put.tableName(table).item(item(request, at + "#" + Timestamp.of(now))));
    }
  }

  private static Map<String, AttributeValue> item(Asked request, String at) {
    var item = new HashMap<String, AttributeValue>();
    item.put("customerId", text(key(year(request.createdAt()))));
    item.put("at#id", text(at));
    item.put("actor", text("DeadlineFunction"));
    item.put("action", text("request"));
    item.put("id", text(request.id().value()));
    item.put("status", text(request.status().name()));
    request.kind().map(DataRequest.Kind::code).ifPresent(it -> item.put("kind", text(it)));
    request.reason().map(HeldReason::code).ifPresent(it -> item.put("reason", text(it)));
    item.put("createdAt", time(request.createdAt()));
    request.verifiedAt().ifPresent(it -> item.put("verifiedAt", time(it)));
    request.dueAt().ifPresent(it -> item.put("dueAt", time(it)));
    request.doneAt().ifPresent(it -> item.put("doneAt", time(it)));
    request.behalf().ifPresent(it -> item.put("behalf", text(it.text())));
    item.put("expiresAt", seconds(request.createdAt().plus(KEPT)));
    return item;
  }

  /**
   * Those that came in during a year (UTC), the oldest first; read as the stream is. One comes more
   * than once if its row said something else after its end.
   */
  public Stream<Asked> of(int year) {
    return dynamoDb
        .queryPaginator(
            query ->
                query
                    .tableName(table)
                    .consistentRead(true)
                    .keyConditionExpression(OF_YEAR)
                    .expressionAttributeNames(Attributes.names(OF_YEAR))
                    .expressionAttributeValues(Map.of(":key", text(key(year)))))
        .items()
        .stream()
        .flatMap(item -> AskedRequests.read(item).stream());
  }

  /** The years (UTC) of which some are kept, the first one first. */
  public static List<Integer> years(Instant now) {
    return IntStream.rangeClosed(year(now.minus(KEPT)), year(now)).boxed().toList();
  }

  /** The year (UTC) of a time. */
  public static int year(Instant at) {
    return at.atOffset(ZoneOffset.UTC).getYear();
  }

  private static String key(int year) {
    return "requests#" + year;
  }
}
