package io.vestibule.delivery.kind.fxiaoke;

import static io.vestibule.delivery.kind.crm.CrmRecord.Origin.FOUND;
import static io.vestibule.delivery.kind.crm.CrmRecord.Origin.GOING;
import static io.vestibule.delivery.kind.crm.CrmRecord.Origin.MADE;

import com.fasterxml.jackson.databind.node.BooleanNode;
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
import io.vestibule.delivery.kind.crm.Found;
import io.vestibule.delivery.kind.crm.Step;
import io.vestibule.delivery.kind.fxiaoke.FxiaokeChange.Changed;
import io.vestibule.delivery.kind.fxiaoke.FxiaokeDescription.Described;
import io.vestibule.delivery.kind.fxiaoke.FxiaokeValues.Written;
import io.vestibule.delivery.secrets.LaneTokens;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Makes a record of each person in Fxiaoke, and changes it with each further message. There is
 * nothing that makes or changes in one: it is asked first, and a {@linkplain SendingMark mark} says
 * that a record is being made, so that whoever comes after a lost answer makes no second one.
 */
public final class FxiaokeCrm implements Kind {

  private final FxiaokeApi api;
  private final FxiaokeSearch search;
  private final FxiaokeChange changes;
  private final FxiaokeDescription description;
  private final FxiaokeDeletion deletion;
  private final FxiaokeErasure erasures;

  public FxiaokeCrm(Egress egress, LaneTokens tokens, Clock clock) {
    this.api = new FxiaokeApi(egress, tokens, clock);
    this.search = new FxiaokeSearch(api);
    this.changes = new FxiaokeChange(api, search);
    this.description = new FxiaokeDescription(api);
    this.deletion = new FxiaokeDeletion(api, search, changes);
    this.erasures =
        new FxiaokeErasure(search, deletion, new FxiaokeLeaving(search, changes, description));
  }

  @Override
  public Optional<Answer> ready(Order order) {
    return api.ready(order)
        .or(
            () ->
                description.complete(order) instanceof Described.Not(var answer)
                    ? Optional.of(answer)
                    : Optional.empty());
  }

  @Override
  public Answer send(Order order, List<Message> messages) {
    var message = messages.getFirst();
    return switch (description.complete(order)) {
      case Described.Not(var answer) -> answer;
      case Described.As(var fields) ->
          switch (FxiaokeValues.of(message, fields)) {
            case Written.Not(var answer) -> answer;
            case Written.As(var values) ->
                send(order.about(FormerRecords.of(order)), message, fields, values);
          };
    };
  }

  private Answer send(Order order, Message message, FxiaokeFields fields, ObjectNode values) {
    Supplier<Answer> toWhoever = () -> sendToWhoever(order, message, fields, values);
    return CrmRecord.known(order)
        .map(it -> change(order, it, values, toWhoever))
        .orElseGet(toWhoever);
  }

  /** Nobody knows where the person is, if anywhere. */
  private Answer sendToWhoever(
      Order order, Message message, FxiaokeFields fields, ObjectNode values) {
    return switch (find(order, message)) {
      case Found.It(var record) -> {
        FormerRecords.of(order).use(record);
        yield change(order, record, values, () -> Answer.laterForOne(FxiaokeErasure.LATE));
      }
      case Found.Nobody() ->
          SendingMark.isInDoubt(order)
              ? Answer.laterForOne("fxiaoke-in-doubt")
              : make(order, message, fields, values);
      case Found.Not(var answer) -> answer;
    };
  }

  private Found find(Order order, Message message) {
    var ours = search.byKey(order, message.customer());
    return ours instanceof Found.Nobody
        ? message
            .confirmedAddress(FxiaokeSearch.EMAIL)
            .map(it -> search.byAddress(order, it))
            .orElse(ours)
        : ours;
  }

  private Answer make(Order order, Message message, FxiaokeFields fields, ObjectNode values) {
    return switch (FxiaokeValues.constants(order, fields)) {
      case Written.Not(var answer) -> answer;
      case Written.As(var constants) -> {
        constants.setAll(values);
        constants.put(FxiaokeApi.fxiaoke(order).key(), message.customer());
        SendingMark.keep(order);
        yield made(order, api.data(order, "create", creation(order, constants)));
      }
    };
  }

  private static ObjectNode creation(Order order, ObjectNode values) {
    var object = FxiaokeApi.fxiaoke(order).object();
    var body =
        JsonNodeFactory.instance
            .objectNode()
            .put("triggerApprovalFlow", false)
            .put("triggerWorkFlow", false);
    body.putObject("data")
        .putObject("object_data")
        .put("dataObjectApiName", object)
        .put("object_describe_api_name", object)
        .setAll(values);
    return body;
  }

  private static Answer made(Order order, FxiaokeReply reply) {
    return switch (reply) {
      case FxiaokeReply.Done(var body) -> {
        var record = CrmRecord.of(MADE, body.path("dataId").asText());
        record.ifPresent(it -> it.keep(order));
        yield record.isPresent() ? Answer.taken() : Answer.later("fxiaoke-no-id");
      }
      case FxiaokeReply.Refused refused -> refused.answer();
      case FxiaokeReply.Not(var answer) -> answer;
    };
  }

  /**
   * Changes a record that is there.
   *
   * @param ifGone what is done if it is not
   */
  private Answer change(Order order, CrmRecord record, ObjectNode values, Supplier<Answer> ifGone) {
    return switch (changes.change(order, record, _ -> values)) {
      case Changed.To _ -> Answer.taken();
      case Changed.Gone gone -> replace(order, record, gone, ifGone);
      case Changed.Not(var answer) -> answer;
    };
  }

  /** What sales have thrown away, or do not show us, no erasure would find any more. */
  private Answer replace(
      Order order, CrmRecord record, Changed.Gone gone, Supplier<Answer> ifGone) {
    var deleted = record.origin() == FOUND ? new Step.Gone() : delete(order, record, gone);
    if (deleted instanceof Step.Not(var answer)) {
      return answer;
    }
    if (deleted instanceof Step.Done) {
      record.going().keep(order);
    } else if (record.origin() != GOING) {
      FormerRecords.of(order).remember(record);
    }
    return ifGone.get();
  }

  private Step delete(Order order, CrmRecord record, Changed.Gone gone) {
    return gone.isShown()
        ? deletion.deleteInvalid(order, record)
        : deletion.deleteUnseen(order, record);
  }

  /** Goes to each record that a person has or had, whatever comes of another one. */
  @Override
  public Answer unsubscribe(Order order, Withdrawal withdrawal) {
    var former = FormerRecords.of(order);
    var answer = unsubscribeNewest(order.about(former), withdrawal);
    for (var record : former.all().toList()) {
      if (!FormerRecords.isOfOne(answer)) {
        return answer;
      }
      var changed = changes.change(order, record, _ -> optOut(order));
      if (changed instanceof Changed.Not(var not)) {
        answer = FormerRecords.worse(answer, not);
      }
    }
    return answer;
  }

  private Answer unsubscribeNewest(Order order, Withdrawal withdrawal) {
    return switch (search.find(order, withdrawal.customer())) {
      case Found.It(var record) -> unsubscribe(order, withdrawal, record, Set.of());
      case Found.Nobody() -> Found.nobody(order, withdrawal.at(), FxiaokeErasure.LATE);
      case Found.Not(var answer) -> answer;
    };
  }

  private Answer unsubscribe(
      Order order, Withdrawal withdrawal, CrmRecord record, Set<String> ticked) {
    var answer = change(order, record, optOut(order), Answer::taken);
    if (!(answer instanceof Answer.Taken)) {
      return answer;
    }
    var known = new HashSet<>(ticked);
    known.add(record.id());
    return switch (search.byKey(order, withdrawal.customer(), known)) {
      case Found.It(var other) -> unsubscribe(order, withdrawal, other, known);
      case Found.Nobody() -> answer;
      case Found.Not(var not) -> not;
    };
  }

  private static ObjectNode optOut(Order order) {
    var field = Objects.requireNonNull(FxiaokeApi.fxiaoke(order).optOut());
    return JsonNodeFactory.instance.objectNode().set(field, BooleanNode.TRUE);
  }

  @Override
  public Answer erase(Order order, Erasure erasure) {
    return erasures.erase(order.about(FormerRecords.of(order)), erasure);
  }

  /** The fields that the object has are all that can be asked without touching anybody. */
  @Override
  public List<String> check(Order order) {
    return api.renew(order)
        .map(it -> List.of(FxiaokeAdvice.of(it)))
        .orElseGet(
            () ->
                switch (description.ask(order)) {
                  case Described.As(var fields) -> FxiaokeAdvice.missing(order, fields);
                  case Described.Not(var answer) -> List.of(FxiaokeAdvice.of(answer));
                });
  }
}
