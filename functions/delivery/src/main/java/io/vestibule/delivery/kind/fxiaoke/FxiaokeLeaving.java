package io.vestibule.delivery.kind.fxiaoke;

import static io.vestibule.delivery.kind.crm.CrmRecord.Origin.FOUND;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.vestibule.delivery.kind.Answer;
import io.vestibule.delivery.kind.Erasure;
import io.vestibule.delivery.kind.Order;
import io.vestibule.delivery.kind.crm.CrmRecord;
import io.vestibule.delivery.kind.crm.StaffTask;
import io.vestibule.delivery.kind.crm.Step;
import io.vestibule.delivery.kind.fxiaoke.FxiaokeChange.Changed;
import io.vestibule.delivery.kind.fxiaoke.FxiaokeDescription.Described;
import io.vestibule.delivery.kind.fxiaoke.FxiaokeSearch.Seen;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Leaves a record to sales without what came from us, and asks them whether it may stay. What
 * Fxiaoke refuses of one field, or of the question, keeps no other field filled.
 */
final class FxiaokeLeaving {

  private final FxiaokeSearch search;
  private final FxiaokeChange changes;
  private final FxiaokeDescription description;

  FxiaokeLeaving(FxiaokeSearch search, FxiaokeChange changes, FxiaokeDescription description) {
    this.search = search;
    this.changes = changes;
    this.description = description;
  }

  Step leave(Order order, Erasure erasure, CrmRecord record) {
    return switch (description.of(order)) {
      case Described.As(var fields) -> leave(order, record, fields, told(order, erasure, record));
      case Described.Not(var answer) -> new Step.Not(answer);
    };
  }

  /** The API names of what was told; of a record of ours the key, too. */
  private static Set<String> told(Order order, Erasure erasure, CrmRecord record) {
    var told = new TreeSet<>(erasure.fields());
    if (record.origin() != FOUND) {
      told.add(FxiaokeApi.fxiaoke(order).key());
    }
    return told;
  }

  private Step leave(Order order, CrmRecord record, FxiaokeFields fields, Set<String> told) {
    var emptied = emptied(order, told, fields);
    BiPredicate<String, JsonNode> isLeft =
        (name, value) ->
            !fields.isEmpty(name, value) && !FxiaokeFields.isSame(value, emptied.path(name));
    Function<ObjectNode, Step> asked = last -> ask(order, record, told, left(told, last, isLeft));
    return write(
        order,
        record,
        emptied,
        after -> {
          var least = least(fields, left(told, after, isLeft));
          return least.isEmpty() ? asked.apply(after) : write(order, record, least, asked);
        });
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

  /** Where a null empties nothing, another value may. */
  private static ObjectNode least(FxiaokeFields fields, Set<String> left) {
    var values = JsonNodeFactory.instance.objectNode();
    left.forEach(it -> values.set(it, fields.least(it)));
    return values;
  }

  private static Set<String> left(
      Set<String> told, ObjectNode record, BiPredicate<String, JsonNode> isLeft) {
    var left = new TreeSet<String>(told);
    left.removeIf(it -> !isLeft.test(it, record.path(it)));
    return left;
  }

  /** Writes all at once, and if that is refused, each by itself; goes on with what is so then. */
  private Step write(
      Order order, CrmRecord record, ObjectNode values, Function<ObjectNode, Step> then) {
    if (values.isEmpty()) {
      return look(order, record, then);
    }
    var changed = changes.change(order, record, _ -> values);
    return isRefused(changed)
        ? writeEach(order, record, values, then)
        : step(order, record, changed, then);
  }

  private Step writeEach(
      Order order, CrmRecord record, ObjectNode values, Function<ObjectNode, Step> then) {
    for (var value : values.properties()) {
      var one = JsonNodeFactory.instance.objectNode().set(value.getKey(), value.getValue());
      var changed = changes.change(order, record, _ -> (ObjectNode) one);
      if (!(changed instanceof Changed.To) && !isRefused(changed)) {
        return step(order, record, changed, then);
      }
    }
    return look(order, record, then);
  }

  private static boolean isRefused(Changed changed) {
    return changed instanceof Changed.Not(Answer.Failed _);
  }

  private Step step(
      Order order, CrmRecord record, Changed changed, Function<ObjectNode, Step> then) {
    return switch (changed) {
      case Changed.To(var after) -> then.apply(after);
      case Changed.Gone _ -> look(order, record, then);
      case Changed.Not(var answer) -> new Step.Not(answer);
    };
  }

  /** What sales have thrown away is theirs to delete: nobody can change it, and it is not gone. */
  private Step look(Order order, CrmRecord record, Function<ObjectNode, Step> then) {
    return switch (search.look(order, record)) {
      case Seen.Live(var fields) -> then.apply(fields);
      case Seen.Invalid() -> new Step.Not(Answer.failed("fxiaoke-thrown-away"));
      case Seen.Gone() -> new Step.Gone();
      case Seen.Not(var answer) -> new Step.Not(answer);
    };
  }

  /** Staff are told in the record, below what they have written there themselves. */
  private Step ask(Order order, CrmRecord record, Set<String> told, Set<String> left) {
    var changed = changes.change(order, record, it -> note(order, told, it));
    return step(
        order,
        record,
        changed,
        _ ->
            left.isEmpty()
                ? new Step.Done()
                : new Step.Not(
                    new Answer.Failed(
                        "fxiaoke-not-emptied", Optional.of(String.join(", ", left)))));
  }

  private static ObjectNode note(Order order, Set<String> told, ObjectNode record) {
    var note = FxiaokeApi.fxiaoke(order).note();
    var task = StaffTask.text(order);
    var theirs = told.contains(note) ? "" : record.path(note).asText();
    var text = theirs.isEmpty() ? task : theirs + "\n" + task;
    return JsonNodeFactory.instance.objectNode().put(note, theirs.contains(task) ? theirs : text);
  }
}
