package io.vestibule.delivery.kind.fxiaoke;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.delivery.kind.Answer;
import io.vestibule.delivery.kind.Order;
import io.vestibule.delivery.kind.crm.CrmRecord;
import io.vestibule.delivery.kind.fxiaoke.FxiaokeSearch.Seen;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Changes a record that is there. The papers do not say whether what a change leaves out stays: the
 * record is looked at before and after, and gets back what it has lost.
 */
final class FxiaokeChange {

  /** What has a pool: nobody may change what lies there before somebody has taken it out. */
  private static final Set<String> WITH_POOLS = Set.of("LeadsObj", "AccountObj");

  private static final String OWNER = "owner";

  /** What Fxiaoke itself writes, or refuses to have written so. */
  static final Set<String> ITS_OWN = Set.of(OWNER, "life_status", "leads_pool_id", "high_seas_id");

  private final FxiaokeApi api;
  private final FxiaokeSearch search;

  FxiaokeChange(FxiaokeApi api, FxiaokeSearch search) {
    this.api = api;
    this.search = search;
  }

  /** What became of a record. */
  sealed interface Changed {

    /** It is like this now. */
    record To(ObjectNode fields) implements Changed {}

    /**
     * It is not in use any more.
     *
     * @param isShown whether it is seen that somebody has thrown it away; if not, it may be gone
     */
    record Gone(boolean isShown) implements Changed {}

    /** Nothing is sure. */
    record Not(Answer answer) implements Changed {}
  }

  /**
   * Changes a record.
   *
   * @param wanted what its fields are to be, by what they are
   */
  Changed change(Order order, CrmRecord record, UnaryOperator<ObjectNode> wanted) {
    return switch (outOfThePool(order, record)) {
      case Seen.Live(var before) -> change(order, record, before, wanted.apply(before));
      case Seen.Invalid() -> new Changed.Gone(true);
      case Seen.Gone() -> new Changed.Gone(false);
      case Seen.Not(var answer) -> new Changed.Not(answer);
    };
  }

  /** Looks at a record that we may change. */
  Seen outOfThePool(Order order, CrmRecord record) {
    var seen = search.look(order, record);
    if (!(seen instanceof Seen.Live(var fields)) || !isInAPool(order, fields)) {
      return seen;
    }
    var body = JsonNodeFactory.instance.objectNode();
    var data = body.putObject("data").put("apiName", FxiaokeApi.fxiaoke(order).object());
    data.putArray("objectIds").add(record.id());
    return api.data(order, "choose", body)
        .hindrance()
        .<Seen>map(Seen.Not::new)
        .orElseGet(() -> search.look(order, record));
  }

  private static boolean isInAPool(Order order, JsonNode fields) {
    return WITH_POOLS.contains(FxiaokeApi.fxiaoke(order).object())
        && !FxiaokeFields.isFilled(fields.path(OWNER));
  }

  private Changed change(Order order, CrmRecord record, ObjectNode before, ObjectNode values) {
    return update(order, record, values)
        .<Changed>map(Changed.Not::new)
        .orElseGet(() -> compare(order, record, before, values));
  }

  private Changed compare(Order order, CrmRecord record, ObjectNode before, ObjectNode values) {
    return switch (search.look(order, record)) {
      case Seen.Live(var after) -> {
        var lost = lost(before, values, after);
        yield lost.isEmpty()
            ? new Changed.To(after)
            : update(order, record, lost.deepCopy().setAll(values))
                .<Changed>map(Changed.Not::new)
                .orElseGet(() -> new Changed.To(after.setAll(lost)));
      }
      case Seen.Invalid() -> new Changed.Gone(true);
      case Seen.Gone() -> new Changed.Gone(false);
      case Seen.Not(var answer) -> new Changed.Not(answer);
    };
  }

  private static ObjectNode lost(ObjectNode before, ObjectNode values, ObjectNode after) {
    var lost = JsonNodeFactory.instance.objectNode();
    before.properties().stream()
        .filter(it -> !values.has(it.getKey()) && !after.has(it.getKey()))
        .filter(it -> !ITS_OWN.contains(it.getKey()))
        .forEach(it -> lost.set(it.getKey(), it.getValue()));
    return lost;
  }

  private Optional<Answer> update(Order order, CrmRecord record, ObjectNode values) {
    var body = JsonNodeFactory.instance.objectNode().put("triggerWorkFlow", false);
    body.putObject("data")
        .putObject("object_data")
        .put("_id", record.id())
        .put("dataObjectApiName", FxiaokeApi.fxiaoke(order).object())
        .setAll(values);
    return api.data(order, "update", body).hindrance();
  }
}
