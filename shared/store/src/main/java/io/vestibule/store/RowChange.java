package io.vestibule.store;

import static software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure.ALL_OLD;

import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * A conditional change of one row, to be made alone or as part of a transaction.
 *
 * <p>Every condition begins with the row's existence: an update of a row that expired meanwhile
 * would otherwise make a new one, a ghost without content.
 *
 * @param change an update expression in which every attribute is written as {@code #name}
 * @param condition a condition expression in the same notation
 */
public record RowChange(
    String table,
    Map<String, AttributeValue> key,
    String change,
    String condition,
    Map<String, AttributeValue> values) {

  /** A column that becomes a value, and not something that is computed. */
  private static final Pattern SET = Pattern.compile("#(\\w+) = (:\\w+)");

  /** What a change did. */
  public enum Effect {
    /** The row is changed. */
    MADE,
    /** The condition did not hold, and nothing was changed. */
    REFUSED,
    /**
     * The condition did not hold for a repetition: the SDK repeats a write whose answer got lost,
     * which may then meet itself. The row tells whether the change was made.
     */
    UNCLEAR
  }

  /**
   * Makes the change now; false if the condition does not hold, or holds no more.
   *
   * @throws UnfitRow if the row would become too large
   */
  public boolean apply(DynamoDbClient dynamoDb) {
    return attempt(dynamoDb) == Effect.MADE;
  }

  /**
   * Makes the change now, for a caller to whom a repetition's refusal makes a difference.
   *
   * @throws UnfitRow if the row would become too large
   */
  public Effect attempt(DynamoDbClient dynamoDb) {
    try {
      write(dynamoDb, request().build());
      return Effect.MADE;
    } catch (ConditionalCheckFailedException e) {
      return isRepetition(e) ? Effect.UNCLEAR : Effect.REFUSED;
    }
  }

  /**
   * Makes the change now, for a caller who may read the row: if a repetition is refused and the row
   * has each value that was to be set, the change was made, and its answer got lost.
   *
   * @throws UnfitRow if the row would become too large
   */
  public boolean applyOnce(DynamoDbClient dynamoDb) {
    try {
      write(dynamoDb, request().returnValuesOnConditionCheckFailure(ALL_OLD).build());
      return true;
    } catch (ConditionalCheckFailedException e) {
      return isRepetition(e) && e.hasItem() && isMadeIn(e.item());
    }
  }

  private static void write(DynamoDbClient dynamoDb, UpdateItemRequest request) {
    try {
      dynamoDb.updateItem(request);
    } catch (DynamoDbException e) {
      if (UnfitRow.isTold(e)) {
        throw new UnfitRow(e);
      }
      throw e;
    }
  }

  private static boolean isRepetition(ConditionalCheckFailedException e) {
    return e.numAttempts() != null && e.numAttempts() > 1;
  }

  private boolean isMadeIn(Map<String, AttributeValue> row) {
    return SET.matcher(change)
        .results()
        .allMatch(set -> Objects.equals(row.get(set.group(1)), values.get(set.group(2))));
  }

  private UpdateItemRequest.Builder request() {
    return UpdateItemRequest.builder()
        .tableName(table)
        .key(key)
        .updateExpression(change)
        .conditionExpression(condition)
        .expressionAttributeNames(Attributes.names(change, condition))
        .expressionAttributeValues(values);
  }

  /** The change as part of a transaction, which tells the row as it is if the condition fails. */
  public TransactWriteItem inTransaction() {
    var update =
        Update.builder()
            .tableName(table)
            .key(key)
            .updateExpression(change)
            .conditionExpression(condition)
            .expressionAttributeNames(Attributes.names(change, condition))
            .expressionAttributeValues(values)
            .returnValuesOnConditionCheckFailure(ALL_OLD)
            .build();
    return TransactWriteItem.builder().update(update).build();
  }
}
