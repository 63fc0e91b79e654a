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

/**
 * Has somebody get no more mails, or erases them. Whoever has no handle was never told there. Every
 * step can be made again.
 */
final class MailchimpEnd {

  /** Where marketing sees whom they have to look at. */
  private static final String TASK = "Erased at the person's wish: may you keep this contact?";

  private final MailchimpApi api;

  MailchimpEnd(MailchimpApi api) {
    this.api = api;
  }

  Answer unsubscribe(Order order) {
    return MailchimpMember.known(order)
        .map(it -> leave(order, it, JsonNodeFactory.instance.objectNode()))
        .orElseGet(Answer::taken);
  }

  Answer erase(Order order, Erasure erasure) {
    return MailchimpMember.known(order)
        .map(it -> erase(order, erasure, it))
        .orElseGet(Answer::taken);
  }

  private Answer erase(Order order, Erasure erasure, MailchimpMember member) {
    return switch (member.origin()) {
      case MADE -> delete(order, member);
      case FOUND -> blank(order, erasure, member);
      case MAKING ->
          switch (api.find(order, member)) {
            case MailchimpReply.Done(var shown) ->
                member.isMadeBy(shown) ? delete(order, member) : blank(order, erasure, member);
            case MailchimpReply.Missing() -> gone(order, member);
            case MailchimpReply.Not(var answer) -> answer;
          };
    };
  }

  /** For good: an archived member would keep all of the data. */
  private Answer delete(Order order, MailchimpMember member) {
    var path = member.path() + "/actions/delete-permanent";
    return switch (api.post(order, path, JsonNodeFactory.instance.objectNode())) {
      case MailchimpReply.Done _ -> Answer.taken();
      case MailchimpReply.Missing() -> gone(order, member);
      case MailchimpReply.Not(var answer) -> answer;
    };
  }

  /** Whether it is the member that is not there, and not the audience. */
  private Answer gone(Order order, MailchimpMember member) {
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

  /** Marketing's own member stays without what came from us, and gets no more mails. */
  private Answer blank(Order order, Erasure erasure, MailchimpMember member) {
    var values = JsonNodeFactory.instance.objectNode();
    var merge = values.putObject("merge_fields");
    erasure.fields().stream()
        .sorted()
        .flatMap(it -> Optional.ofNullable(order.target().fields().get(it)).stream())
        .filter(it -> !it.equals(Mailchimp.ADDRESS))
        .forEach(it -> merge.put(it, ""));
    var left = leave(order, member, values);
    return left instanceof Answer.Taken ? tag(order, member, List.of(TASK)).orElse(left) : left;
  }

  /** Changes a member, who gets no more mails. One who gets none stays as they are. */
  private Answer leave(Order order, MailchimpMember member, ObjectNode values) {
    return switch (api.find(order, member)) {
      case MailchimpReply.Done(var shown) -> {
        if (isMailed(shown)) {
          values.put("status", "unsubscribed");
        }
        yield values.isEmpty() ? Answer.taken() : change(order, member, values);
      }
      case MailchimpReply.Missing() -> gone(order, member);
      case MailchimpReply.Not(var answer) -> answer;
    };
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
   * Marks a member.
   *
   * @return what is against it; empty if it is done, or there is no member any more
   */
  Optional<Answer> tag(Order order, MailchimpMember member, List<String> names) {
    var body = JsonNodeFactory.instance.objectNode();
    var tags = body.putArray("tags");
    names.forEach(it -> tags.addObject().put("name", it).put("status", "active"));
    body.put("is_syncing", true); // Nothing is set off in Mailchimp by our marks.
    return switch (api.post(order, member.path() + "/tags", body)) {
      case MailchimpReply.Done _, MailchimpReply.Missing _ -> Optional.empty();
      case MailchimpReply.Not(var answer) -> Optional.of(answer);
    };
  }
}
