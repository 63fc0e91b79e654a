package io.vestibule.delivery.kind.fxiaoke;

import static io.vestibule.delivery.kind.crm.CrmRecord.Origin.FOUND;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.vestibule.core.targets.Target;
import io.vestibule.delivery.kind.Answer;
import io.vestibule.delivery.kind.Erasure;
import io.vestibule.delivery.kind.Order;
import io.vestibule.delivery.kind.crm.CrmRecord;
import io.vestibule.delivery.kind.crm.Found;
import io.vestibule.delivery.kind.crm.StaffTask;
import io.vestibule.delivery.kind.crm.Step;
import io.vestibule.delivery.kind.fxiaoke.FxiaokeChange.Changed;
import io.vestibule.delivery.kind.fxiaoke.FxiaokeDescription.Described;
import io.vestibule.delivery.kind.fxiaoke.FxiaokeSearch.Seen;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Erases a person. Every step can be made again: whoever comes after a death, or a lost answer,
 * finds the record by its handle, looks what is so, and goes on.
 */
final class FxiaokeErasure {

  static final String LATE = "fxiaoke-search-late";

  private final FxiaokeApi api;
  private final FxiaokeSearch search;
  private final FxiaokeChange changes;
  private final FxiaokeDescription description;

  FxiaokeErasure(
      FxiaokeApi api, FxiaokeSearch search, FxiaokeChange changes, FxiaokeDescription description) {
    this.api = api;
    this.search = search;
    this.changes = changes;
    this.description = description;
  }

  Answer erase(Order order, Erasure erasure) {
    return switch (search.find(order, erasure.customer())) {
      case Found.It(var record) -> erase(order, erasure, record);
      case Found.Nobody() -> Found.nobody(order, erasure.at(), LATE);
      case Found.Not(var answer) -> answer;
    };
  }

  private Answer erase(Order order, Erasure erasure, CrmRecord record) {
    record.keep(order);
    boolean isKept = record.origin() == FOUND || erasure.wanted() == Target.OnErase.UNLINK;
    return switch (isKept ? leave(order, erasure, record) : delete(order, record)) {
      case Step.Done(), Step.Gone() -> another(order, erasure, record);
      case Step.Not(var answer) -> answer;
    };
  }

  /** Nothing there keeps two records from having the same key. */
  private Answer another(Order order, Erasure erasure, CrmRecord record) {
    return switch (search.byKey(order, erasure.customer())) {
      case Found.It(var other) when !other.id().equals(record.id()) -> erase(order, erasure, other);
      case Found.It _ -> Answer.later(LATE);
      case Found.Nobody() -> Answer.taken();
      case Found.Not(var answer) -> answer;
    };
  }

  /** What is in use must be thrown away before it can be deleted. */
  private Step delete(Order order, CrmRecord record) {
    return switch (changes.outOfThePool(order, record)) {
      case Seen.Live _ ->
          invalidate(order, record)
              .hindranceOfTheCall()
              .<Step>map(Step.Not::new)
              .orElseGet(() -> deleteInvalid(order, record));
      // Perhaps it is thrown away, and not shown.
      case Seen.Invalid(), Seen.Gone() -> deleteInvalid(order, record);
      case Seen.Not(var answer) -> new Step.Not(answer);
    };
  }

  private FxiaokeReply invalidate(Order order, CrmRecord record) {
    var body = JsonNodeFactory.instance.objectNode();
    data(order, body).put("object_data_id", record.id());
    return api.data(order, "invalid", body);
  }

  /** Deletes what was thrown away, whoever did it; whatever is answered, a look says what is so. */
  Step deleteInvalid(Order order, CrmRecord record) {
    var body = JsonNodeFactory.instance.objectNode();
    data(order, body).putArray("idList").add(record.id());
    return api.data(order, "delete", body)
        .hindranceOfTheCall()
        .<Step>map(Step.Not::new)
        .orElseGet(() -> proof(order, record));
  }

  private Step proof(Order order, CrmRecord record) {
    return switch (search.look(order, record)) {
      case Seen.Gone() -> new Step.Done();
      case Seen.Invalid() -> new Step.Not(Answer.later("fxiaoke-not-yet-deleted"));
      case Seen.Live _ -> new Step.Not(Answer.failed("fxiaoke-not-deleted"));
      case Seen.Not(var answer) -> new Step.Not(answer);
    };
  }

  private static ObjectNode data(Order order, ObjectNode body) {
    return body.putObject("data").put("dataObjectApiName", FxiaokeApi.fxiaoke(order).object());
  }

  private Step leave(Order order, Erasure erasure, CrmRecord record) {
    return switch (description.of(order)) {
      case Described.As(var fields) -> leave(order, told(order, erasure, record), record, fields);
      case Described.Not(var answer) -> new Step.Not(answer);
    };
  }

  /** The API names of what was told; of a record of ours the key, too. */
  private static Set<String> told(Order order, Erasure erasure, CrmRecord record) {
    var told = new TreeSet<String>();
    erasure.fields().stream()
        .flatMap(it -> Optional.ofNullable(order.target().fields().get(it)).stream())
        .forEach(told::add);
    if (record.origin() != FOUND) {
      told.add(FxiaokeApi.fxiaoke(order).key());
    }
    return told;
  }

  private Step leave(Order order, Set<String> told, CrmRecord record, FxiaokeFields fields) {
    var emptied = emptied(order, told, fields);
    return switch (changes.change(order, record, it -> withNote(order, told, it, emptied))) {
      case Changed.To(var after) -> leaveNothing(order, record, emptied, after);
      case Changed.Gone() -> isThrownAway(order, record);
      case Changed.Not(var answer) -> new Step.Not(answer);
    };
  }

  private static ObjectNode emptied(Order order, Set<String> told, FxiaokeFields fields) {
    var constants = FxiaokeApi.fxiaoke(order).constants();
    var values = JsonNodeFactory.instance.objectNode();
    told.forEach(
        name ->
            values.set(
                name,
                Optional.ofNullable(constants.get(name))
                    .flatMap(it -> fields.written(name, TextNode.valueOf(it), it))
                    .orElseGet(() -> fields.emptied(name))));
    return values;
  }

  /** Staff are told in the record, below what they have written there themselves. */
  private static ObjectNode withNote(
      Order order, Set<String> told, ObjectNode before, ObjectNode emptied) {
    var note = FxiaokeApi.fxiaoke(order).note();
    var task = StaffTask.text(order);
    var theirs = told.contains(note) ? "" : before.path(note).asText();
    var text = theirs.isEmpty() ? task : theirs + "\n" + task;
    return emptied.deepCopy().put(note, theirs.contains(task) ? theirs : text);
  }

  /** Where a null empties nothing, an empty text may. */
  private Step leaveNothing(Order order, CrmRecord record, ObjectNode emptied, ObjectNode after) {
    var texts = still(order, emptied, after);
    if (texts.isEmpty()) {
      return new Step.Done();
    }
    return switch (changes.change(order, record, _ -> texts)) {
      case Changed.To(var fields) when still(order, emptied, fields).isEmpty() -> new Step.Done();
      case Changed.To _ -> new Step.Not(Answer.failed("fxiaoke-not-emptied"));
      case Changed.Gone() -> isThrownAway(order, record);
      case Changed.Not(var answer) -> new Step.Not(answer);
    };
  }

  private static ObjectNode still(Order order, ObjectNode emptied, ObjectNode after) {
    var still = JsonNodeFactory.instance.objectNode();
    emptied.properties().stream()
        .filter(it -> !it.getKey().equals(FxiaokeApi.fxiaoke(order).note()))
        .filter(
            it ->
                isFilled(after.path(it.getKey())) && !after.get(it.getKey()).equals(it.getValue()))
        .forEach(it -> still.put(it.getKey(), ""));
    return still;
  }

  private static boolean isFilled(JsonNode value) {
    return value.isContainerNode() ? !value.isEmpty() : !value.asText("").isEmpty();
  }

  /** What sales have thrown away is theirs to delete: nobody can change it, and it is not gone. */
  private Step isThrownAway(Order order, CrmRecord record) {
    return switch (search.look(order, record)) {
      case Seen.Gone() -> new Step.Gone();
      case Seen.Invalid(), Seen.Live _ -> new Step.Not(Answer.failed("fxiaoke-thrown-away"));
      case Seen.Not(var answer) -> new Step.Not(answer);
    };
  }
}
