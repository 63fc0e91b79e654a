package io.vestibule.delivery.kind.listmonk;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.delivery.kind.Answer;
import io.vestibule.delivery.kind.Erasure;
import io.vestibule.delivery.kind.Order;
import io.vestibule.delivery.kind.Withdrawal;
import io.vestibule.delivery.kind.listmonk.ListmonkSubscriber.Origin;
import java.util.Optional;
import java.util.function.BiFunction;

/** Has somebody get no more mails, or erases them. Every step can be made again. */
final class ListmonkEnd {

  private final ListmonkApi api;

  ListmonkEnd(ListmonkApi api) {
    this.api = api;
  }

  Answer unsubscribe(Order order, Withdrawal withdrawal) {
    return withWhoever(
        order,
        withdrawal.customer(),
        (subscriber, _) -> answer(api.unsubscribe(order, subscriber)),
        (_, _) -> Answer.taken());
  }

  Answer erase(Order order, Erasure erasure) {
    return withWhoever(
        order,
        erasure.customer(),
        (subscriber, shown) ->
            subscriber.origin() == Origin.MADE
                ? delete(order, subscriber)
                : blank(order, erasure, subscriber, shown),
        (subscriber, shown) -> leave(order, erasure, subscriber, shown));
  }

  /** Who came back has the subscriber, and what was told before by them is gone. */
  private Answer leave(
      Order order, Erasure erasure, ListmonkSubscriber subscriber, JsonNode shown) {
    return ListmonkValues.withoutTheFormer(order, erasure, shown)
        .map(it -> answer(api.change(order, subscriber, it)))
        .orElseGet(Answer::taken);
  }

  /**
   * By the handle; otherwise, as an answer may have been lost, by our key.
   *
   * @param ifAnothers what is done if another person has the subscriber by now
   */
  private Answer withWhoever(
      Order order,
      String customer,
      BiFunction<ListmonkSubscriber, JsonNode, Answer> deed,
      BiFunction<ListmonkSubscriber, JsonNode, Answer> ifAnothers) {
    var known = ListmonkSubscriber.known(order);
    if (known.isEmpty()) {
      return byKey(order, customer, deed);
    }
    if (!known.get().isAt(order)) {
      return Answer.failed("listmonk-other-server");
    }
    return switch (api.read(order, known.get())) {
      case ListmonkReply.Done(var shown) when known.get().is(shown) ->
          (ListmonkSubscriber.isAnothers(order, shown, customer) ? ifAnothers : deed)
              .apply(known.get(), shown);
      case ListmonkReply.Done _ -> Answer.later(ListmonkLists.NOBODY);
      case ListmonkReply.Refused _ -> gone(order, known.get());
      case ListmonkReply.Not(var answer) -> answer;
    };
  }

  private Answer byKey(
      Order order, String customer, BiFunction<ListmonkSubscriber, JsonNode, Answer> deed) {
    return switch (api.byKey(order, customer)) {
      case ListmonkReply.Done(var data) when data.path("results").isArray() -> {
        var shown = Optional.ofNullable(data.path("results").get(0));
        yield shown
            .filter(it -> ListmonkSubscriber.key(order, it).equals(customer))
            .flatMap(it -> ListmonkSubscriber.of(order, Origin.MADE, it))
            .map(it -> deed.apply(it, shown.get()))
            .orElseGet(() -> shown.isEmpty() ? Answer.taken() : Answer.later(ListmonkLists.NOBODY));
      }
      case ListmonkReply.Done _ -> Answer.later("no-json");
      case ListmonkReply.Refused refused -> refused.answer();
      case ListmonkReply.Not(var answer) -> answer;
    };
  }

  /** Whatever listmonk says to it: that nobody is there any more is the proof. */
  private Answer delete(Order order, ListmonkSubscriber subscriber) {
    return ListmonkLists.refusal(api.delete(order, subscriber))
        .orElseGet(() -> gone(order, subscriber));
  }

  /** Taken only if nobody has the universal id: a number is refused for other reasons, too. */
  Answer gone(Order order, ListmonkSubscriber subscriber) {
    return switch (api.byUuid(order, subscriber)) {
      case ListmonkReply.Done(var data) when data.path("results").isArray() ->
          data.path("results").isEmpty() ? Answer.taken() : Answer.failed("listmonk-still-there");
      case ListmonkReply.Done _ -> Answer.later("no-json");
      case ListmonkReply.Refused refused -> refused.answer();
      case ListmonkReply.Not(var answer) -> answer;
    };
  }

  /** The owner's own subscriber stays without what came from us, and gets no more mails. */
  private Answer blank(
      Order order, Erasure erasure, ListmonkSubscriber subscriber, JsonNode shown) {
    var values = ListmonkValues.without(erasure, shown);
    return ListmonkLists.refusal(api.change(order, subscriber, values))
        .orElseGet(() -> answer(api.unsubscribe(order, subscriber)));
  }

  private static Answer answer(ListmonkReply reply) {
    return ListmonkLists.refusal(reply).orElseGet(Answer::taken);
  }
}
