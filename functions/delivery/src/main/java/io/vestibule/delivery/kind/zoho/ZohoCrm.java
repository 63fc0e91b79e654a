package io.vestibule.delivery.kind.zoho;

import static java.util.function.Predicate.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.delivery.egress.Egress;
import io.vestibule.delivery.kind.Answer;
import io.vestibule.delivery.kind.Erasure;
import io.vestibule.delivery.kind.Kind;
import io.vestibule.delivery.kind.Message;
import io.vestibule.delivery.kind.Order;
import io.vestibule.delivery.kind.Withdrawal;
import io.vestibule.delivery.kind.crm.CrmRecord;
import io.vestibule.delivery.kind.crm.CrmRecord.Origin;
import io.vestibule.delivery.kind.crm.Found;
import io.vestibule.delivery.secrets.LaneTokens;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Makes a record of each person in Zoho CRM, and changes it with each further message. One that
 * sales had before is found by the address that the person confirmed. Only what we make has our
 * key, a unique field, so a call whose answer was lost makes no second record. Where a person is
 * found again is kept before anything of a record that was there is changed.
 */
public final class ZohoCrm implements Kind {

  private static final String EMAIL = "Email";

  private final ZohoApi api;
  private final ZohoSearch search;
  private final ZohoErasure erasures;

  public ZohoCrm(Egress egress, LaneTokens tokens, Clock clock) {
    this.api = new ZohoApi(egress, tokens, clock);
    this.search = new ZohoSearch(api);
    this.erasures = new ZohoErasure(api, search);
  }

  @Override
  public Optional<Answer> ready(Order order) {
    return api.ready(order);
  }

  @Override
  public Answer send(Order order, List<Message> messages) {
    var message = messages.getFirst();
    return CrmRecord.known(order)
        .map(it -> change(order, it, fields(message), () -> sendToWhoever(order, message)))
        .orElseGet(() -> sendToWhoever(order, message));
  }

  /** Nobody knows where the person is, if anywhere. */
  private Answer sendToWhoever(Order order, Message message) {
    return switch (byAddress(order, message)) {
      case Found.It(var record) -> {
        record.keep(order);
        yield change(order, record, fields(message), () -> Answer.laterForOne(ZohoErasure.LATE));
      }
      case Found.Nobody() -> make(order, message);
      case Found.Not(var answer) -> answer;
    };
  }

  private Found byAddress(Order order, Message message) {
    return message
        .confirmedAddress(EMAIL)
        .map(it -> search.byAddress(order, message.customer(), it))
        .orElseGet(Found.Nobody::new);
  }

  private Answer make(Order order, Message message) {
    var zoho = ZohoSearch.zoho(order);
    var record = JsonNodeFactory.instance.objectNode();
    zoho.constants().forEach(record::put);
    record.setAll(fields(message));
    record.put(zoho.key(), message.customer());
    var body = data(record);
    body.putArray("duplicate_check_fields").add(zoho.key());
    return switch (api.post(order, zoho.module().apiName() + "/upsert", body)) {
      case ZohoReply.Done done -> made(order, done);
      case ZohoReply.Nothing _ -> Answer.later("no-json");
      case ZohoReply.Refused refused -> refused.answer();
      case ZohoReply.Not(var answer) -> answer;
    };
  }

  private static Answer made(Order order, ZohoReply.Done done) {
    var record =
        Optional.of(done.action())
            .filter(it -> it.equals("insert") || it.equals("update"))
            .flatMap(_ -> CrmRecord.of(Origin.MADE, done.details().path("id").asText()));
    record.ifPresent(it -> it.keep(order));
    return record.isPresent() ? Answer.taken() : Answer.later("zoho-no-id");
  }

  private static ObjectNode fields(Message message) {
    var record = JsonNodeFactory.instance.objectNode();
    message.fields().forEach(field -> record.set(field.name(), field.value()));
    return record;
  }

  /**
   * Changes a record that is there.
   *
   * @param ifGone what is done if it is not
   */
  private Answer change(Order order, CrmRecord record, ObjectNode values, Supplier<Answer> ifGone) {
    return switch (api.put(order, ZohoSearch.path(order, record), data(values))) {
      case ZohoReply.Done _ -> Answer.taken();
      case ZohoReply.Nothing _ -> Answer.later("no-json");
      case ZohoReply.Refused refused ->
          refused.isPerhapsOfNoRecord() ? ifGone(order, record, refused, ifGone) : refused.answer();
      case ZohoReply.Not(var answer) -> answer;
    };
  }

  private Answer ifGone(
      Order order, CrmRecord record, ZohoReply.Refused refused, Supplier<Answer> ifGone) {
    return switch (search.live(order, record)) {
      case Found.It _ -> refused.answer();
      case Found.Nobody() -> ifGone.get();
      case Found.Not(var answer) -> answer;
    };
  }

  /** A contact that a lead became opts out, too. */
  @Override
  public Answer unsubscribe(Order order, Withdrawal withdrawal) {
    return switch (search.find(order, withdrawal.customer())) {
      case Found.It(var record) ->
          change(order, record, optOut(), () -> unsubscribeConverted(order, withdrawal));
      case Found.Nobody() -> unsubscribeConverted(order, withdrawal);
      case Found.Not(var answer) -> answer;
    };
  }

  private Answer unsubscribeConverted(Order order, Withdrawal withdrawal) {
    return switch (search.converted(order, withdrawal.customer())) {
      case Found.It(var contact) ->
          change(order, contact, optOut(), () -> Answer.laterForOne(ZohoErasure.LATE));
      case Found.Nobody() -> Found.nobody(order, withdrawal.at(), ZohoErasure.LATE);
      case Found.Not(var answer) -> answer;
    };
  }

  private static ObjectNode optOut() {
    return JsonNodeFactory.instance.objectNode().put("Email_Opt_Out", true);
  }

  @Override
  public Answer erase(Order order, Erasure erasure) {
    return erasures.erase(order, erasure);
  }

  /** The fields that the module has are all that can be asked without touching anybody. */
  @Override
  public List<String> check(Order order) {
    return api.renew(order).map(it -> List.of(ZohoAdvice.of(it))).orElseGet(() -> missing(order));
  }

  private List<String> missing(Order order) {
    return switch (api.fields(order, ZohoSearch.zoho(order).module().apiName())) {
      case ZohoReply.Done done -> missing(order, done.body());
      case ZohoReply.Nothing _ -> List.of(ZohoAdvice.of(Answer.later("no-json")));
      case ZohoReply.Refused(var code, var _) -> List.of(ZohoAdvice.of(code));
      case ZohoReply.Not(var answer) -> List.of(ZohoAdvice.of(answer));
    };
  }

  private static List<String> missing(Order order, JsonNode fields) {
    var there = ZohoSearch.names(fields);
    var zoho = ZohoSearch.zoho(order);
    var needed = new TreeSet<>(order.target().fields().values());
    needed.addAll(zoho.constants().keySet());
    needed.add(zoho.key());
    return needed.stream()
        .filter(not(there::contains))
        .map(it -> ZohoAdvice.missing(zoho, it))
        .toList();
  }

  /** Nothing is set off in Zoho by what we write. */
  static ObjectNode data(JsonNode record) {
    var body = JsonNodeFactory.instance.objectNode();
    body.putArray("data").add(record);
    body.putArray("trigger");
    return body;
  }
}
