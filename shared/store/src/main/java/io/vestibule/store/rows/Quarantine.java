package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;

import io.vestibule.core.HeldReason;
import io.vestibule.core.RowId;
import io.vestibule.core.Status;
import io.vestibule.core.forms.Forms;
import io.vestibule.store.Attributes;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Puts rows aside that intake never wrote: whoever else can write to the table made them, and they
 * must neither stop a stream nor be passed over in silence.
 */
public final class Quarantine {

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final Forms forms;

  public Quarantine(DynamoDbClient dynamoDb, String table, Forms forms) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.forms = forms;
  }

  /**
   * Holds the row, if its id can be read at all.
   *
   * @param state the state that the row claims to be in; if it has moved on, it is left alone
   */
  public void hold(Map<String, AttributeValue> item, Status state, HeldReason reason, Instant now) {
    Optional<RowId> id = Attributes.text(item, "id").flatMap(RowId::parse);
    var kept = forms.heldFor(Attributes.text(item, "form").orElse(""));
    id.ifPresent(row -> hold(row, state, reason, now.plus(kept)));
  }

  private void hold(RowId id, Status state, HeldReason reason, Instant until) {
    Transitions.QUARANTINE
        .change(
            table,
            id,
            Map.of(
                ":state", text(state.name()),
                ":reason", text(reason.code()),
                ":expiresAt", seconds(until)))
        .apply(dynamoDb);
  }
}
