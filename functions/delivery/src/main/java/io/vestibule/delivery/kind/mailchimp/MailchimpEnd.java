package io.vestibule.delivery.kind.mailchimp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.targets.Mailchimp;
import io.vestibule.delivery.kind.Answer;
import io.vestibule.delivery.kind.Erasure;
import io.vestibule.delivery.kind.Order;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Has somebody get no more mails, or erases them. Whoever has no handle was never told there. Every
 * step can be made again.
 */
final class MailchimpEnd {

  /** Where marketing sees whom they have to look at. */
  private static final String TASK = "Erased where they signed up: may you keep this contact?";

  private final MailchimpApi api;

  MailchimpEnd(MailchimpApi api) {
    this.api = api;
  }

  Answer unsubscribe(Order order) {
    return withWhoever(
        order,
        (member, shown) ->
            isMailed(shown)
                ? change(order, member, unsubscribe(JsonNodeFactory.instance.objectNode()))
                : Answer.taken());
  }

  Answer erase(Order order, Erasure erasure) {
    return withWhoever(
        order,
        (member, shown) ->
            member.isMadeBy(shown) ? delete(order, member) : blank(order, erasure, member, shown));
  }

  private Answer withWhoever(Order order, BiFunction<MailchimpMember, JsonNode, Answer> deed) {
    var known = MailchimpMember.known(order);
    if (known.isEmpty()) {
      return order.handles().isKept() ? Answer.failed("handle-unreadable") : Answer.taken();
    }
    return switch (api.find(order, known.get())) {
      case MailchimpReply.Done(var shown) -> deed.apply(known.get(), shown);
      case MailchimpReply.Missing() -> gone(order, known.get());
      case MailchimpReply.Not(var answer) -> answer;
    };
  }

  /** For good: an archived member would keep all of the data. */
  private Answer delete(Order order, MailchimpMember member) {
    var path = member.path() + "/actions/delete-permanent";
    return switch (api.post(order, path, JsonNodeFactory.instance.objectNode())) {
      case MailchimpReply.Done done ->
          done.isEmpty() ? Answer.taken() : Answer.later("mailchimp-not-deleted");
      case MailchimpReply.Missing() -> gone(order, member);
      case MailchimpReply.Not(var answer) -> answer;
    };
  }

  /** Whether it is the member that is not there, and not the audience. */
  Answer gone(Order order, MailchimpMember member) {
    return switch (api.get(order, "/lists/" + member.audience() + "?fields=id")) {
      case MailchimpReply.Done(var shown) when isIt(shown, member) -> Answer.taken();
      case MailchimpReply.Done _ -> Answer.later("mailchimp-no-audience");
      case MailchimpReply.Missing() -> Answer.failed("mailchimp-no-audience");
      case MailchimpReply.Not(var answer) -> answer;
    };
  }

  private static boolean isIt(JsonNode audience, MailchimpMember member) {
    return audience.path("id").asText().equals(member.audience());
  }

  /** Marketing's own member stays without what came from us; whoever is not back gets no mails. */
  private Answer blank(Order order, Erasure erasure, MailchimpMember member, JsonNode shown) {
    boolean isBack = MailchimpMember.isBackSince(shown, erasure.at());
    var values = blanked(erasure);
    var changed = change(order, member, isBack || !isMailed(shown) ? values : unsubscribe(values));
    var tags = MailchimpApi.mailchimp(order).tags();
    return changed instanceof Answer.Taken && !isBack
        ? tag(order, member, List.of(TASK), tags).orElse(changed)
        : changed;
  }

  private static ObjectNode blanked(Erasure erasure) {
    var values = JsonNodeFactory.instance.objectNode();
    var merge = values.putObject("merge_fields");
    erasure.fields().stream()
        .sorted()
        .filter(it -> !it.equals(Mailchimp.ADDRESS))
        .forEach(it -> merge.put(it, ""));
    return values;
  }

  private static ObjectNode unsubscribe(ObjectNode values) {
    return values.put("status", "unsubscribed");
  }

  private static boolean isMailed(JsonNode shown) {
    return MailchimpAudience.isSubscribed(shown) || shown.path("status").asText().equals("pending");
  }

  private Answer change(Order order, MailchimpMember member, ObjectNode values) {
    return switch (api.patch(order, member, values)) {
      case MailchimpReply.Done _ -> Answer.taken();
      case MailchimpReply.Missing() -> gone(order, member);
      case MailchimpReply.Not(var answer) -> answer;
    };
  }

  /**
   * Marks a member, and takes marks away.
   *
   * @return what is against it; empty if it is done, or there is no member any more
   */
  Optional<Answer> tag(
      Order order, MailchimpMember member, List<String> active, List<String> inactive) {
    var body = JsonNodeFactory.instance.objectNode();
    var tags = body.putArray("tags");
    active.forEach(it -> tags.addObject().put("name", it).put("status", "active"));
    inactive.forEach(it -> tags.addObject().put("name", it).put("status", "inactive"));
    body.put("is_syncing", true); // Nothing is set off in Mailchimp by our marks.
    return switch (api.post(order, member.path() + "/tags", body)) {
      case MailchimpReply.Done _, MailchimpReply.Missing _ -> Optional.empty();
      case MailchimpReply.Not(var answer) -> Optional.of(answer);
    };
  }
}
