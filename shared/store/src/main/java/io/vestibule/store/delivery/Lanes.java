package io.vestibule.store.delivery;

import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.store.Attributes;
import io.vestibule.store.RowChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Select;

/**
 * The table of lanes, one for each target that ever had something to be told: who works on it, and
 * whether it is stopped.
 */
public final class Lanes {

  /** Longer than a call of a partner may take, with what comes before and after it. */
  private static final Duration LEASE = Duration.ofMinutes(2);

  /** Longer than any lane rests: what says more was not written by us, and keeps nobody out. */
  private static final Duration LONGEST_REST = Duration.ofHours(25);

  private final DynamoDbClient dynamoDb;
  private final String table;

  public Lanes(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /**
   * A lane.
   *
   * @param stopped why nothing goes out until a person has looked; empty if it goes on
   */
  public record Lane(String target, Optional<String> stopped) {}

  /** All of them. */
  public List<Lane> all() {
    var columns = "#target, #stopped";
    return dynamoDb
        .scanPaginator(
            scan ->
                scan.tableName(table)
                    .select(Select.SPECIFIC_ATTRIBUTES)
                    .projectionExpression(columns)
                    .expressionAttributeNames(Attributes.names(columns)))
        .items()
        .stream()
        .flatMap(item -> text(item, "target").map(it -> new Lane(it, stopped(item))).stream())
        .toList();
  }

  /** Whatever is there stops a lane, so a person is to hear of it. */
  private static Optional<String> stopped(Map<String, AttributeValue> item) {
    return Optional.ofNullable(item.get("stopped"))
        .map(it -> Optional.ofNullable(it.s()).orElse("unreadable"));
  }

  /**
   * Takes a lane for two minutes.
   *
   * @return until when; empty if somebody else has it, it rests, or it is stopped
   */
  public Optional<Instant> take(String target, Instant now) {
    var until = now.plus(LEASE);
    boolean isTaken =
        set(
            target,
            "SET #leaseUntil = :until",
            "attribute_not_exists(#stopped) AND NOT (#leaseUntil BETWEEN :after AND :latest)",
            Map.of(
                ":until", time(until),
                ":after", time(now.plusMillis(1)),
                ":latest", time(now.plus(LONGEST_REST))));
    return isTaken ? Optional.of(until) : Optional.empty();
  }

  /**
   * Keeps a lane for two minutes more.
   *
   * @param until as it was told when it was taken, or kept before
   * @return until when; empty if it was lost meanwhile, or is stopped
   */
  public Optional<Instant> keep(String target, Instant until, Instant now) {
    var next = now.plus(LEASE);
    boolean isKept =
        set(
            target,
            "SET #leaseUntil = :until",
            "attribute_not_exists(#stopped) AND #leaseUntil = :expected",
            Map.of(":until", time(next), ":expected", time(until)));
    return isKept ? Optional.of(next) : Optional.empty();
  }

  /**
   * Gives a lane back.
   *
   * @param until as it was told last
   * @param restsUntil when somebody may take it again
   */
  public void giveBack(String target, Instant until, Instant restsUntil) {
    set(
        target,
        "SET #leaseUntil = :until",
        "#leaseUntil = :expected",
        Map.of(":until", time(restsUntil), ":expected", time(until)));
  }

  /**
   * Nothing goes out any more, until a person has it resumed.
   *
   * @param code why, in a word of ours
   * @return whether it went on until now
   */
  public boolean stop(String target, String code, Instant now) {
    return set(
        target,
        "SET #stopped = :code, #stoppedAt = :now",
        "attribute_not_exists(#stopped)",
        Map.of(":code", text(code), ":now", time(now)));
  }

  /** Not {@link RowChange}: the first who takes a lane, or stops it, makes its row. */
  private boolean set(
      String target, String change, String condition, Map<String, AttributeValue> values) {
    try {
      dynamoDb.updateItem(
          update ->
              update
                  .tableName(table)
                  .key(key(target))
                  .updateExpression(change)
                  .conditionExpression(condition)
                  .expressionAttributeNames(Attributes.names(change, condition))
                  .expressionAttributeValues(values));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }

  /**
   * Goes on.
   *
   * @return whether it was stopped
   */
  public boolean resume(String target) {
    return set(
        target,
        "REMOVE #stopped, #stoppedAt, #leaseUntil",
        "attribute_exists(#stopped) AND #target = :target",
        Map.of(":target", text(target)));
  }

  /** What {@link #keepToken} kept; empty if nothing. It is sealed, and may be anybody's. */
  public Optional<byte[]> token(String target) {
    var columns = "#token";
    return Attributes.bytes(
        dynamoDb
            .getItem(
                get ->
                    get.tableName(table)
                        .key(key(target))
                        .consistentRead(true)
                        .projectionExpression(columns)
                        .expressionAttributeNames(Attributes.names(columns)))
            .item(),
        "token");
  }

  /** Keeps an access token, sealed, in place of the one of before. */
  public void keepToken(String target, byte[] sealed) {
    set(
        target,
        "SET #token = :token",
        "attribute_exists(#target)",
        Map.of(":token", Attributes.bytes(sealed)));
  }

  private static Map<String, AttributeValue> key(String target) {
    return Map.of("target", text(target));
  }
}
