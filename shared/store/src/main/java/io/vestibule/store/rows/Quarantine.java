package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.anyTime;
import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.HeldReason;
import io.vestibule.core.RowId;
import io.vestibule.core.Status;
import io.vestibule.core.forms.Forms;
import io.vestibule.store.UnfitRow;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Puts rows aside that intake never wrote: whoever else can write to the table made them, and they
 * must neither stop a stream nor be passed over in silence.
 *
 * <p>A row is kept as it is, for a person to look at, if there is room in it for the reason. One
 * that is larger than any of ours is replaced by its id and the reason. So no row can be made that
 * cannot be put aside, and every decision about it fits, too.
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
    var id = text(item, "id").flatMap(RowId::parse);
    if (RowBounds.isOversized(item)) {
      id.ifPresent(row -> replace(row, item, state, reason, now));
      return;
    }
    id.ifPresent(
        row -> {
          try {
            hold(row, state, reason, until(item, now));
          } catch (UnfitRow e) {
            replace(row, item, state, reason, now);
          }
        });
  }

  /** Replaces a row that is too large for what was to be done with it. */
  public void replace(
      Map<String, AttributeValue> item, Status state, HeldReason reason, Instant now) {
    text(item, "id").flatMap(RowId::parse).ifPresent(row -> replace(row, item, state, reason, now));
  }

  /** The same of a row that is known without its content. */
  public void replace(OpenRow row, HeldReason reason, Instant now) {
    var known = Map.of("form", text(row.form()), "createdAt", time(row.createdAt()));
    replace(row.id(), known, row.status(), reason, now);
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

  private void replace(
      RowId id, Map<String, AttributeValue> item, Status state, HeldReason reason, Instant now) {
    var columns = new HashMap<String, AttributeValue>();
    columns.put("reason", text(reason.code()));
    columns.put("expiresAt", seconds(until(item, now)));
    form(item).ifPresent(form -> columns.put("form", text(form)));
    anyTime(item, "createdAt").ifPresent(at -> columns.put("createdAt", time(at)));
    Transitions.EMPTY_AND_HOLD.make(dynamoDb, table, id, state, columns);
  }

  private Instant until(Map<String, AttributeValue> item, Instant now) {
    return now.plus(forms.heldFor(form(item).orElse("")));
  }

  private static Optional<String> form(Map<String, AttributeValue> item) {
    return text(item, "form").filter(RowBounds::isName);
  }
}
