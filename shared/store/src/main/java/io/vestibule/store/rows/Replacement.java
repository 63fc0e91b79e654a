package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.text;

import io.vestibule.core.Destination;
import io.vestibule.core.RowId;
import io.vestibule.core.Status;
import io.vestibule.store.Attributes;
import io.vestibule.store.rows.Transition.Actor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * A way in which another row takes the place of one: a line of {@link Transitions}. It is written
 * only if there is a row of its id, in the state that it was read in. Nothing of the row before
 * remains, whatever columns it had.
 *
 * @param deed what happens, in the words of the diagram
 * @param actors who does it, and in which table
 * @param from the states that the row before can be in
 * @param to the state of the row after it
 * @param columns all that such a row can have
 */
public record Replacement(
    String name,
    String deed,
    List<Actor> actors,
    Set<Status> from,
    Status to,
    List<String> columns) {

  private static final String AS_READ = "attribute_exists(#id) AND #status = :state";

  public boolean isMadeBy(String function, Destination table) {
    return actors.stream().anyMatch(actor -> actor.is(function, table));
  }

  /**
   * Replaces a row.
   *
   * @param state the one that the row was read in
   * @param columns what the new row has besides its id and its state
   * @return whether the row was still in that state
   */
  boolean make(
      DynamoDbClient dynamoDb,
      String table,
      RowId id,
      Status state,
      Map<String, AttributeValue> columns) {
    var item = new HashMap<>(columns);
    item.putAll(Submissions.key(id));
    item.put("status", text(to.name()));
    item.put("open", text(OpenWork.of(to, id)));
    try {
      dynamoDb.putItem(
          put ->
              put.tableName(table)
                  .item(item)
                  .conditionExpression(AS_READ)
                  .expressionAttributeNames(Attributes.names(AS_READ))
                  .expressionAttributeValues(Map.of(":state", text(state.name()))));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }
}
