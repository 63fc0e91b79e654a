package io.vestibule.delivery.kind.listmonk;

import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.Set;
import java.util.stream.Stream;

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
          change(order, message, kept(order, known.get()), shown);
      case ListmonkReply.Done _ -> Answer.later(NOBODY);
      // Only a new consent brings back whom the owner deleted.
      case ListmonkReply.Refused _ ->
          isNew(message) ? make(order, message, address) : end.gone(order, known.get());
      case ListmonkReply.Not(var answer) -> answer;
    };
  }

  /** Whoever withdraws must get no mails of any list. */
  private static ListmonkSubscriber kept(Order order, ListmonkSubscriber known) {
    var subscriber = known.alsoOn(order);
    if (!subscriber.equals(known)) {
      subscriber.keep(order);
    }
    return subscriber;
  }

  private Answer make(Order order, Message message, String address) {
    var values = ListmonkValues.ofNew(order, message, address);
    ListmonkApi.listmonk(order).lists().forEach(values.putArray("lists")::add);
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

  /** Somebody has the address: we, if an answer was lost or who they were before is kept there. */
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

  /** Whom we made before, as somebody else, is theirs now: whoever has the address agreed. */
  private Answer found(Order order, Message message, JsonNode shown) {
    boolean isOurs = !ListmonkSubscriber.key(order, shown).isEmpty();
    var subscriber = ListmonkSubscriber.of(order, isOurs ? Origin.MADE : Origin.FOUND, shown);
    subscriber.ifPresent(it -> it.keep(order));
    return subscriber
        .map(it -> change(order, message, it, shown, Set.of("", "unconfirmed")))
        .orElseGet(() -> Answer.later(NOBODY));
  }

  /** Somebody who was told before: whomever the owner took off a list since stays off it. */
  private Answer change(
      Order order, Message message, ListmonkSubscriber subscriber, JsonNode shown) {
    var liftable = isNew(message) ? Set.of("", "unconfirmed") : Set.of("unconfirmed");
    return change(order, message, subscriber, shown, liftable);
  }

  private Answer change(
      Order order,
      Message message,
      ListmonkSubscriber subscriber,
      JsonNode shown,
      Set<String> liftable) {
    var values = ListmonkValues.of(order, message, subscriber, shown);
    return refusal(api.change(order, subscriber, values))
        .or(() -> subscribe(order, subscriber, shown, liftable))
        .orElseGet(() -> answer(order, message, shown));
  }

  /** Puts them on the lists where they have one of these statuses; the empty one is none. */
  private Optional<Answer> subscribe(
      Order order, ListmonkSubscriber subscriber, JsonNode shown, Set<String> statuses) {
    var lists =
        ListmonkApi.listmonk(order).lists().stream()
            .filter(it -> statuses.contains(status(shown, it)))
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
    return isMailed || !isNew(message) ? Answer.taken() : Answer.failed("not-subscribed-there");
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

  private static boolean isNew(Message message) {
    return message.optIn().orElseThrow().isNew();
  }

  @Override
  public Answer unsubscribe(Order order, Withdrawal withdrawal) {
    return end.unsubscribe(order, withdrawal);
  }

  @Override
  public Answer erase(Order order, Erasure erasure) {
    return end.erase(order, erasure);
  }

  /** The lists that there are, and whether anybody may be looked for, without naming anybody. */
  @Override
  public List<String> check(Order order) {
    return switch (api.lists(order)) {
      case ListmonkReply.Done(var data) -> missing(order, data);
      case ListmonkReply.Refused refused -> List.of(ListmonkAdvice.of(refused.answer()));
      case ListmonkReply.Not(var answer) -> List.of(ListmonkAdvice.of(answer));
    };
  }

  private List<String> missing(Order order, JsonNode data) {
    var there =
        data.path("results").valueStream().map(it -> it.path("id").asInt()).collect(toSet());
    return Stream.concat(
            ListmonkApi.listmonk(order).lists().stream()
                .filter(not(there::contains))
                .map(ListmonkAdvice::noList),
            refusal(api.byKey(order, "check")).map(ListmonkAdvice::of).stream())
        .toList();
  }
}
