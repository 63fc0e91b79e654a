package io.vestibule.delivery.kind.mailchimp;

import static io.vestibule.delivery.kind.mailchimp.MailchimpMember.Origin.MAKING;
import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.vestibule.core.targets.Mailchimp;
import io.vestibule.delivery.egress.Egress;
import io.vestibule.delivery.kind.Answer;
import io.vestibule.delivery.kind.Erasure;
import io.vestibule.delivery.kind.Field;
import io.vestibule.delivery.kind.Kind;
import io.vestibule.delivery.kind.Message;
import io.vestibule.delivery.kind.OptIn;
import io.vestibule.delivery.kind.Order;
import io.vestibule.delivery.kind.Withdrawal;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Makes a member of an audience of Mailchimp of each person who agreed. Nobody is subscribed who is
 * a member already: they may have unsubscribed there.
 */
public final class MailchimpAudience implements Kind {

  private final MailchimpApi api;
  private final MailchimpEnd end;

  public MailchimpAudience(Egress egress, Clock clock) {
    this.api = new MailchimpApi(egress, clock);
    this.end = new MailchimpEnd(api);
  }

  @Override
  public Answer send(Order order, List<Message> messages) {
    var message = messages.getFirst();
    return message
        .confirmedAddress(Mailchimp.ADDRESS)
        .map(it -> send(order, message, it))
        .orElseGet(() -> Answer.failed("no-address"));
  }

  private Answer send(Order order, Message message, String address) {
    var audience = MailchimpApi.mailchimp(order).audience();
    var making = MailchimpMember.making(audience, address, optIn(message).at());
    var known = MailchimpMember.known(order);
    if (known.isPresent() && !known.get().is(making)) {
      return Answer.failed("mailchimp-other-audience"); // Who is erased must be found in both.
    }
    return known
        .filter(it -> it.origin() != MAKING)
        .map(it -> change(order, message, it, values(message), address))
        .orElseGet(() -> look(order, message, making, known, address));
  }

  /** Nobody knows yet whose the member is, if there is one. */
  private Answer look(
      Order order,
      Message message,
      MailchimpMember making,
      Optional<MailchimpMember> begun,
      String address) {
    return switch (api.find(order, making)) {
      case MailchimpReply.Done(var shown) -> {
        var ours = begun.filter(it -> it.isMadeBy(shown));
        var member = ours.map(it -> it.made(shown)).orElseGet(() -> making.found(shown));
        member.keep(order);
        var values = values(message);
        if (ours.isEmpty() && optIn(message).isNew()) {
          values.put("timestamp_opt", making.time()); // An erasure that waits must see it.
        }
        yield change(order, message, member, values, address);
      }
      case MailchimpReply.Missing() -> {
        making.keep(order);
        yield make(order, message, making, address);
      }
      case MailchimpReply.Not(var answer) -> answer;
    };
  }

  /** Never an address, which they may have changed there. */
  private Answer change(
      Order order, Message message, MailchimpMember member, ObjectNode values, String address) {
    return switch (api.patch(order, member, values)) {
      case MailchimpReply.Done(var shown) ->
          tag(order, member).orElseGet(() -> answer(message, shown));
      case MailchimpReply.Missing() -> {
        var making = MailchimpMember.making(member.audience(), address, optIn(message).at());
        yield optIn(message).isNew()
            ? look(order, message, making, Optional.empty(), address)
            : end.gone(order, member);
      }
      case MailchimpReply.Not(var answer) -> answer;
    };
  }

  private Answer make(Order order, Message message, MailchimpMember making, String address) {
    var values =
        values(message)
            .put("email_address", address)
            .put("status_if_new", "subscribed")
            .put("timestamp_opt", making.time())
            .put("language", language(message));
    return switch (api.put(order, making, values)) {
      case MailchimpReply.Done(var shown) -> {
        var made = making.made(shown);
        made.keep(order);
        yield tag(order, made).orElseGet(() -> answer(message, shown));
      }
      case MailchimpReply.Missing() -> new Answer.Stopped("mailchimp-no-audience");
      case MailchimpReply.Not(var answer) -> answer;
    };
  }

  /** Who has just agreed here, and unsubscribed there before, waits for mails in vain. */
  private static Answer answer(Message message, JsonNode shown) {
    return optIn(message).isNew() && !isSubscribed(shown)
        ? Answer.failed("not-subscribed-there")
        : Answer.taken();
  }

  /** Whether a member gets mails. */
  static boolean isSubscribed(JsonNode shown) {
    return shown.path("status").asText().equals("subscribed");
  }

  /** Marks a member; what is against it, if anything. */
  private Optional<Answer> tag(Order order, MailchimpMember member) {
    var tags = MailchimpApi.mailchimp(order).tags();
    return tags.isEmpty() ? Optional.empty() : end.tag(order, member, tags, List.of());
  }

  /** Never a status, which would undo an unsubscribe. */
  private static ObjectNode values(Message message) {
    var values = JsonNodeFactory.instance.objectNode();
    var merge = values.putObject("merge_fields");
    message.fields().stream()
        .filter(it -> !it.name().equals(Mailchimp.ADDRESS))
        .forEach(it -> merge.set(it.name(), value(it)));
    return values;
  }

  /** Mailchimp takes texts and numbers. */
  private static JsonNode value(Field field) {
    var value = field.value();
    return value.isTextual() || value.isNumber() ? value : TextNode.valueOf(field.text());
  }

  private static String language(Message message) {
    return Locale.forLanguageTag(optIn(message).language()).getLanguage();
  }

  private static OptIn optIn(Message message) {
    return message.optIn().orElseThrow();
  }

  @Override
  public Answer unsubscribe(Order order, Withdrawal withdrawal) {
    return end.unsubscribe(order);
  }

  @Override
  public Answer erase(Order order, Erasure erasure) {
    return end.erase(order, erasure);
  }

  /** The fields that the audience has are all that can be asked without touching anybody. */
  @Override
  public List<String> check(Order order) {
    var audience = MailchimpApi.mailchimp(order).audience();
    var fields = "/lists/" + audience + "/merge-fields?count=1000&fields=merge_fields.tag";
    return switch (api.get(order, fields)) {
      case MailchimpReply.Done(var body) -> missing(order, body);
      case MailchimpReply.Missing() -> List.of(MailchimpAdvice.noAudience(audience));
      case MailchimpReply.Not(var answer) -> List.of(MailchimpAdvice.of(answer));
    };
  }

  private static List<String> missing(Order order, JsonNode fields) {
    var there =
        fields
            .path("merge_fields")
            .valueStream()
            .map(it -> it.path("tag").asText())
            .collect(toSet());
    there.add(Mailchimp.ADDRESS);
    return new TreeSet<>(order.target().fields().values())
        .stream().filter(not(there::contains)).map(MailchimpAdvice::missing).toList();
  }
}
