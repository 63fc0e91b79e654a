package io.vestibule.delivery.kind.fxiaoke;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.delivery.kind.Answer;
import io.vestibule.delivery.kind.Order;
import io.vestibule.delivery.kind.crm.CrmRecord;
import io.vestibule.delivery.kind.crm.Step;
import io.vestibule.delivery.kind.fxiaoke.FxiaokeSearch.Seen;

/**
 * Deletes a record of ours. What is not shown may be gone, or may be hidden from us: only a delete
 * that was taken, or may have been, says that it is gone.
 */
final class FxiaokeDeletion {

  private final FxiaokeApi api;
  private final FxiaokeSearch search;
  private final FxiaokeChange changes;

  FxiaokeDeletion(FxiaokeApi api, FxiaokeSearch search, FxiaokeChange changes) {
    this.api = api;
    this.search = search;
    this.changes = changes;
  }

  /** What is in use must be thrown away before it can be deleted. */
  Step delete(Order order, CrmRecord record) {
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

  /** Deletes what was thrown away, whoever did it. */
  Step deleteInvalid(Order order, CrmRecord record) {
    // If the answer gets lost, whoever comes next is refused what is gone.
    record.going().keep(order);
    return delete(order, record, () -> record.keep(order));
  }

  /**
   * Deletes what is not shown. Nothing says that it is going: whoever comes after a lost answer, or
   * a death, cannot know that it was not refused.
   */
  Step deleteUnseen(Order order, CrmRecord record) {
    return delete(order, record, () -> {});
  }

  private Step delete(Order order, CrmRecord record, Runnable ifRefused) {
    var body = JsonNodeFactory.instance.objectNode();
    data(order, body).putArray("idList").add(record.id());
    return switch (api.data(order, "delete", body)) {
      case FxiaokeReply.Done _ -> proof(order, record, new Step.Done());
      case FxiaokeReply.Refused refused when refused.isPerhapsOfTheRecord() -> {
        ifRefused.run();
        yield proof(order, record, new Step.Gone());
      }
      case FxiaokeReply.Refused refused -> new Step.Not(refused.answer());
      case FxiaokeReply.Not(var answer) -> new Step.Not(answer);
    };
  }

  private Step proof(Order order, CrmRecord record, Step ifNotShown) {
    return switch (search.look(order, record)) {
      case Seen.Gone() -> ifNotShown;
      case Seen.Invalid() -> new Step.Not(Answer.laterForOne("fxiaoke-not-yet-deleted"));
      case Seen.Live _ -> new Step.Not(Answer.failed("fxiaoke-not-deleted"));
      case Seen.Not(var answer) -> new Step.Not(answer);
    };
  }

  private static ObjectNode data(Order order, ObjectNode body) {
    return body.putObject("data").put("dataObjectApiName", FxiaokeApi.fxiaoke(order).object());
  }
}
