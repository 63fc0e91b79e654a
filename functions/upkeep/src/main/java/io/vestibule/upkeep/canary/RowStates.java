package io.vestibule.upkeep.canary;

import io.vestibule.core.Destination;
import io.vestibule.core.RowId;
import io.vestibule.store.Attributes;
import io.vestibule.store.ColumnRead;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * How rows stand whose numbers we were told. Nothing else of them is seen.
 *
 * @param tables submissions, and requests where there are any of ours
 */
record RowStates(DynamoDbClient dynamoDb, Map<Destination, String> tables) {

  /** What a row that is not there is called. */
  static final String GONE = "gone";

  /** The name of a {@link io.vestibule.core.Status}, or {@link #GONE}. */
  String of(RowId id) {
    var table = tables.get(id.destination());
    return table == null
        ? GONE
        : Attributes.text(
                new ColumnRead(dynamoDb, table, "id", "#id, #status").row(id.value()), "status")
            .orElse(GONE);
  }
}
