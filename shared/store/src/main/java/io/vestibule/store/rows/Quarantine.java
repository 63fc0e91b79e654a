package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.anyTime;
import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.Counter;
import io.vestibule.core.HeldReason;
import io.vestibule.core.OperatorCode;
import io.vestibule.core.RowId;
import io.vestibule.core.Status;
import io.vestibule.core.forms.Forms;
import io.vestibule.store.UnfitRow;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Puts rows aside that intake never wrote, and tells of each: whoever else can write to the table
 * made them, and they must neither stop a stream nor be passed over in silence.
 *
 * <p>A row is kept as it is, for a person to look at, if there is room in it for the reason. One
 * that is larger than any of ours is replaced by its id and the reason. So no row can be made that
 * cannot be put aside, and every decision about it fits, too.
 */
public final class Quarantine {

  private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

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
   * @param states that the row may claim to be in; if it has moved on, it is left alone
   */
  public void hold(
      Map<String, AttributeValue> item, Set<Status> states, HeldReason reason, Instant now) {
    tell();
    id(item).ifPresent(id -> states.forEach(state -> hold(id, item, state, reason, now)));
  }

  /** Replaces a row that is too large for what was to be done with it. */
  public void replace(
      Map<String, AttributeValue> item, Set<Status> states, HeldReason reason, Instant now) {
    tell();
    id(item).ifPresent(id -> states.forEach(state -> replace(id, item, state, reason, now)));
  }

  /** The same of a row that is known without its content. */
  public void replace(OpenRow row, HeldReason reason, Instant now) {
    tell();
    var known = Map.of("form", text(row.form()), "createdAt", time(row.createdAt()));
    replace(row.id(), known, row.status(), reason, now);
  }

  private static void tell() {
    LOG.error("A row that intake did not write", OperatorCode.ROW_FORGED.entry());
    Counter.SUBMISSION_FORGED.increment();
  }

  private static Optional<RowId> id(Map<String, AttributeValue> item) {
    return text(item, "id").flatMap(RowId::parse);
  }

  private void hold(
      RowId id, Map<String, AttributeValue> item, Status state, HeldReason reason, Instant now) {
    if (RowBounds.isOversized(item)) {
      replace(id, item, state, reason, now);
      return;
    }
    try {
      hold(id, state, reason, until(item, now));
    } catch (UnfitRow e) {
      replace(id, item, state, reason, now);
    }
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
