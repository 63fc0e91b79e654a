package io.vestibule.delivery.kind.listmonk;

import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.targets.Listmonk;
import io.vestibule.delivery.egress.Egress;
import io.vestibule.delivery.kind.Answer;
import io.vestibule.delivery.kind.Erasure;
import io.vestibule.delivery.kind.Kind;
import io.vestibule.delivery.kind.Message;
import io.vestibule.delivery.kind.Order;
import io.vestibule.delivery.kind.Withdrawal;
import io.vestibule.delivery.kind.listmonk.ListmonkSubscriber.Origin;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Makes a subscriber of lists of a listmonk of each person who agreed. Nobody is put back on a list
 * who was on it already: they may have unsubscribed there.
 */
public final class ListmonkLists implements Kind {

  /** What came is about nobody, or about somebody else. */
  static final String NOBODY = "listmonk-no-subscriber";

  private final ListmonkApi api;
  private final ListmonkEnd end;

  public ListmonkLists(Egress egress, Clock clock) {
    this.api = new ListmonkApi(egress, clock);
    this.end = new ListmonkEnd(api);
  }

  @Override
  public Answer send(Order order, List<Message> messages) {
    var message = messages.getFirst();
    return message
        .confirmedAddress(Listmonk.ADDRESS)
        .map(it -> send(order, message, it))
        .orElseGet(() -> Answer.failed("no-address"));
  }

  private Answer send(Order order, Message message, String address) {
    var known = ListmonkSubscriber.known(order);
    if (known.isEmpty()) {
      return make(order, message, address);
    }
    if (!known.get().isAt(order)) {
      return Answer.failed("listmonk-other-server"); // Who is erased must be found at both.
    }
    return switch (api.read(order, known.get())) {
      case ListmonkReply.Done(var shown) when known.get().is(shown) ->
          change(order, message, known.get(), shown);
      case ListmonkReply.Done _ -> Answer.later(NOBODY);
      case ListmonkReply.Refused _ -> make(order, message, address);
      case ListmonkReply.Not(var answer) -> answer;
    };
  }

  private Answer make(Order order, Message message, String address) {
    var attributes = attributes(message).put(Listmonk.KEY, message.customer());
    var values =
        JsonNodeFactory.instance
            .objectNode()
            .put("email", address)
            .put("name", name(message).orElse(address.substring(0, address.indexOf('@'))))
            .put("status", "enabled")
            .put("preconfirm_subscriptions", true);
    ListmonkApi.listmonk(order).lists().forEach(values.putArray("lists")::add);
    values.set("attribs", attributes);
    return switch (api.create(order, values)) {
      case ListmonkReply.Done(var shown) -> made(order, shown);
      case ListmonkReply.Refused refused ->
          refused.isTaken() ? find(order, message, address) : refused.answer();
      case ListmonkReply.Not(var answer) -> answer;
    };
  }

  private static Answer made(Order order, JsonNode shown) {
    var subscriber = ListmonkSubscriber.of(order, Origin.MADE, shown);
    subscriber.ifPresent(it -> it.keep(order));
    return subscriber.isPresent() ? Answer.taken() : Answer.later(NOBODY);
  }

  /** Somebody has the address: we, if an answer was lost, or the owner of the list. */
  private Answer find(Order order, Message message, String address) {
    return switch (api.byAddress(order, address)) {
      case ListmonkReply.Done(var data) ->
          data.path("results")
              .valueStream()
              .filter(it -> it.path("email").asText().equalsIgnoreCase(address))
              .findFirst()
              .map(it -> found(order, message, it))
              .orElseGet(() -> Answer.later(NOBODY));
      case ListmonkReply.Refused refused -> refused.answer();
      case ListmonkReply.Not(var answer) -> answer;
    };
  }

  private Answer found(Order order, Message message, JsonNode shown) {
    var key = ListmonkSubscriber.key(shown);
    boolean isOurs = key.equals(message.customer());
    if (!isOurs && !key.isEmpty()) {
      return Answer.later("listmonk-not-yet-erased"); // It would go with who they were before.
    }
    var subscriber = ListmonkSubscriber.of(order, isOurs ? Origin.MADE : Origin.FOUND, shown);
    subscriber.ifPresent(it -> it.keep(order));
    return subscriber
        .map(it -> change(order, message, it, shown))
        .orElseGet(() -> Answer.later(NOBODY));
  }

  private Answer change(
      Order order, Message message, ListmonkSubscriber subscriber, JsonNode shown) {
    var values = JsonNodeFactory.instance.objectNode();
    name(message).ifPresent(it -> values.put("name", it));
    // Whether they are merged there, or take the place of all, is a matter of the version.
    var merged = shown.path("attribs").deepCopy();
    values.set(
        "attribs", merged instanceof ObjectNode had ? had.setAll(attributes(message)) : merged);
    return refusal(api.change(order, subscriber, values))
        .or(() -> subscribe(order, subscriber, shown))
        .orElseGet(() -> answer(order, message, shown));
  }

  /** Puts them on the lists that they were never on, or have not confirmed. */
  private Optional<Answer> subscribe(Order order, ListmonkSubscriber subscriber, JsonNode shown) {
    var lists =
        ListmonkApi.listmonk(order).lists().stream()
            .filter(it -> List.of("", "unconfirmed").contains(status(shown, it)))
            .toList();
    return lists.isEmpty() ? Optional.empty() : refusal(api.subscribe(order, subscriber, lists));
  }

  /** What is against going on. */
  static Optional<Answer> refusal(ListmonkReply reply) {
    return switch (reply) {
      case ListmonkReply.Done _ -> Optional.empty();
      case ListmonkReply.Refused refused -> Optional.of(refused.answer());
      case ListmonkReply.Not(var answer) -> Optional.of(answer);
    };
  }

  /** Who has just agreed here, and unsubscribed there before, waits for mails in vain. */
  private static Answer answer(Order order, Message message, JsonNode shown) {
    boolean isMailed =
        shown.path("status").asText().equals("enabled")
            && ListmonkApi.listmonk(order).lists().stream()
                .noneMatch(it -> status(shown, it).equals("unsubscribed"));
    return isMailed || !message.optIn().orElseThrow().isNew()
        ? Answer.taken()
        : Answer.failed("not-subscribed-there");
  }

  /** Of a subscriber on a list; empty if they were never on it. */
  private static String status(JsonNode shown, int list) {
    return shown
        .path("lists")
        .valueStream()
        .filter(it -> it.path("id").asInt() == list)
        .map(it -> it.path("subscription_status").asText())
        .findFirst()
        .orElse("");
  }

  private static Optional<String> name(Message message) {
    return message.fields().stream()
        .filter(it -> it.name().equals(Listmonk.NAME))
        .map(it -> it.value().asText())
        .findFirst();
  }

  private static ObjectNode attributes(Message message) {
    var attributes = JsonNodeFactory.instance.objectNode();
    message.fields().stream()
        .filter(it -> !it.name().equals(Listmonk.ADDRESS) && !it.name().equals(Listmonk.NAME))
        .forEach(it -> attributes.set(it.name(), it.value()));
    return attributes;
  }

  @Override
  public Answer unsubscribe(Order order, Withdrawal withdrawal) {
    return end.unsubscribe(order, withdrawal);
  }

  @Override
  public Answer erase(Order order, Erasure erasure) {
    return end.erase(order, erasure);
  }

  /** The lists that there are are all that can be asked without touching anybody. */
  @Override
  public List<String> check(Order order) {
    return switch (api.lists(order)) {
      case ListmonkReply.Done(var data) -> missing(order, data);
      case ListmonkReply.Refused refused -> List.of(ListmonkAdvice.of(refused.answer()));
      case ListmonkReply.Not(var answer) -> List.of(ListmonkAdvice.of(answer));
    };
  }

  private static List<String> missing(Order order, JsonNode data) {
    var there =
        data.path("results").valueStream().map(it -> it.path("id").asInt()).collect(toSet());
    return ListmonkApi.listmonk(order).lists().stream()
        .filter(not(there::contains))
        .map(ListmonkAdvice::noList)
        .toList();
  }
}
