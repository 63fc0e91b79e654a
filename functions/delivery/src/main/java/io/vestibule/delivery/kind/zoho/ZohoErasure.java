package io.vestibule.delivery.kind.zoho;

import static io.vestibule.delivery.kind.crm.CrmRecord.Origin.CONVERTED;
import static io.vestibule.delivery.kind.crm.CrmRecord.Origin.FOUND;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.targets.Target;
import io.vestibule.core.targets.Zoho;
import io.vestibule.delivery.kind.Answer;
import io.vestibule.delivery.kind.Erasure;
import io.vestibule.delivery.kind.Order;
import io.vestibule.delivery.kind.crm.CrmRecord;
import io.vestibule.delivery.kind.crm.Found;
import io.vestibule.delivery.kind.crm.StaffTask;
import io.vestibule.delivery.kind.crm.Step;
import java.util.Optional;

/**
 * Erases a person. Every step can be made again: whoever comes after a death, or a lost answer,
 * finds the record by its handle and goes on.
 */
final class ZohoErasure {

  /** What stands where nothing may stand. */
  private static final String NOTHING = "-";

  static final String LATE = "zoho-search-late";

  private final ZohoApi api;
  private final ZohoSearch search;

  ZohoErasure(ZohoApi api, ZohoSearch search) {
    this.api = api;
    this.search = search;
  }

  Answer erase(Order order, Erasure erasure) {
    return switch (search.find(order, erasure.customer())) {
      case Found.It(var record) -> erase(order, erasure, record);
      case Found.Nobody() -> converted(order, erasure, false);
      case Found.Not(var answer) -> answer;
    };
  }

  private Answer erase(Order order, Erasure erasure, CrmRecord record) {
    record.keepUnlessKnown(order);
    boolean isKept = record.origin() == FOUND || erasure.wanted() == Target.OnErase.UNLINK;
    return switch (isKept ? leave(order, erasure, record) : delete(order, record)) {
      case Step.Done() -> further(order, erasure, record, true);
      case Step.Gone() -> further(order, erasure, record, false);
      case Step.Not(var answer) -> answer;
    };
  }

  private Answer further(Order order, Erasure erasure, CrmRecord record, boolean isSure) {
    return record.origin() == CONVERTED ? Answer.taken() : converted(order, erasure, isSure);
  }

  /**
   * Sees to the contact that a lead became.
   *
   * @param isSure whether a record of ours was there just now, and so did not become one
   */
  private Answer converted(Order order, Erasure erasure, boolean isSure) {
    return switch (search.converted(order, erasure.customer())) {
      case Found.It(var contact) -> erase(order, erasure, contact);
      case Found.Nobody() -> isSure ? Answer.taken() : Found.nobody(order, erasure.at(), LATE);
      case Found.Not(var answer) -> answer;
    };
  }

  /** Whatever Zoho says to the first two calls: its lists say what is so. */
  private Step delete(Order order, CrmRecord record) {
    return hindrance(api.delete(order, ZohoSearch.path(order, record)))
        .or(() -> hindrance(api.delete(order, "settings/recycle_bin/" + record.id())))
        .<Step>map(Step.Not::new)
        .orElseGet(() -> proof(order, record));
  }

  private static Optional<Answer> hindrance(ZohoReply reply) {
    return switch (reply) {
      case ZohoReply.Done _, ZohoReply.Nothing _ -> Optional.empty();
      case ZohoReply.Refused refused ->
          refused.isPerhapsOfNoRecord() ? Optional.empty() : Optional.of(refused.answer());
      case ZohoReply.Not(var answer) -> Optional.of(answer);
    };
  }

  /** What is gone for good is listed, without names. */
  private Step proof(Order order, CrmRecord record) {
    return switch (search.deleted(order, record, "permanent")) {
      case Found.It _ -> new Step.Done();
      case Found.Nobody() ->
          switch (search.live(order, record)) {
            case Found.It _ -> new Step.Not(Answer.failed("zoho-not-deleted"));
            case Found.Nobody() -> isInTheBin(order, record);
            case Found.Not(var answer) -> new Step.Not(answer);
          };
      case Found.Not(var answer) -> new Step.Not(answer);
    };
  }

  private Step isInTheBin(Order order, CrmRecord record) {
    return switch (search.deleted(order, record, "recycle")) {
      case Found.It _ -> new Step.Not(Answer.laterForOne("zoho-not-yet-permanent"));
      case Found.Nobody() -> new Step.Gone();
      case Found.Not(var answer) -> new Step.Not(answer);
    };
  }

  /** The key goes last. */
  private Step leave(Order order, Erasure erasure, CrmRecord record) {
    var emptied = empty(order, erasure, record);
    if (emptied instanceof ZohoReply.Refused refused && refused.isPerhapsOfNoRecord()) {
      return switch (search.live(order, record)) {
        case Found.It _ -> new Step.Not(refused.answer());
        case Found.Nobody() -> new Step.Gone();
        case Found.Not(var answer) -> new Step.Not(answer);
      };
    }
    return first(emptied)
        .or(() -> first(api.post(order, "Tasks", ZohoCrm.data(task(order, record)))))
        .or(() -> record.origin() == FOUND ? Optional.empty() : first(withoutKey(order, record)))
        .<Step>map(Step.Not::new)
        .orElseGet(Step.Done::new);
  }

  private static Optional<Answer> first(ZohoReply reply) {
    return switch (reply) {
      case ZohoReply.Done _, ZohoReply.Nothing _ -> Optional.empty();
      case ZohoReply.Refused refused -> Optional.of(refused.answer());
      case ZohoReply.Not(var answer) -> Optional.of(answer);
    };
  }

  private static ObjectNode task(Order order, CrmRecord record) {
    var module = ZohoSearch.module(order, record);
    var task = JsonNodeFactory.instance.objectNode().put("Subject", StaffTask.text(order));
    if (module.equals(Zoho.Module.CONTACTS.apiName())) {
      task.putObject("Who_Id").put("id", record.id());
    } else {
      task.put("$se_module", module).putObject("What_Id").put("id", record.id());
    }
    return task;
  }

  private ZohoReply withoutKey(Order order, CrmRecord record) {
    var key = JsonNodeFactory.instance.objectNode().putNull(zoho(order).key());
    return api.put(order, ZohoSearch.path(order, record), ZohoCrm.data(key));
  }

  /** Empties what was told, as far as Zoho lets a field be empty. */
  private ZohoReply empty(Order order, Erasure erasure, CrmRecord record) {
    var zoho = zoho(order);
    var values = JsonNodeFactory.instance.objectNode();
    erasure.fields().stream().sorted().forEach(it -> values.put(it, zoho.constants().get(it)));
    if (values.has(Zoho.NEEDED) && values.path(Zoho.NEEDED).isNull()) {
      values.put(Zoho.NEEDED, NOTHING);
    }
    while (!values.isEmpty()) {
      var reply = api.put(order, ZohoSearch.path(order, record), ZohoCrm.data(values));
      if (!(reply instanceof ZohoReply.Refused refused
          && isMended(order, values, refused, record))) {
        return reply;
      }
    }
    return new ZohoReply.Nothing();
  }

  /** Whether the field that Zoho refused has another value now: each has two, and then none. */
  private boolean isMended(
      Order order, ObjectNode values, ZohoReply.Refused refused, CrmRecord record) {
    var field = refused.field().filter(values::has);
    if (field.isEmpty()) {
      return false;
    }
    boolean isNull = values.path(field.get()).isNull();
    if (isNull && refused.code().equals("MANDATORY_NOT_FOUND")) {
      values.put(field.get(), NOTHING);
      return true;
    }
    if (!refused.isPerhapsOfNoRecord()) {
      return false;
    }
    if (isNull) {
      values.put(field.get(), false); // One that is ticked, or not.
      return true;
    }
    // Contacts do not have all the fields of leads; and what the file mapped before may be gone.
    if (record.origin() == CONVERTED || search.lacks(order, record, field.get())) {
      values.remove(field.get());
      return true;
    }
    return false;
  }

  private static Zoho zoho(Order order) {
    return ZohoSearch.zoho(order);
  }
}
