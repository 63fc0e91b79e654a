package io.vestibule.delivery.kind.mailchimp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.targets.Mailchimp;
import io.vestibule.delivery.egress.Call;
import io.vestibule.delivery.egress.Egress;
import io.vestibule.delivery.kind.Answer;
import io.vestibule.delivery.kind.Order;
import java.net.URI;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls of Mailchimp's API. */
final class MailchimpApi {

  /** The data centre stands behind the key: nothing else may become part of an address. */
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9]{1,100}-([a-z]{1,6}[0-9]{1,4})");

  /** A member has its statistics, and links to everything, with it. */
  private static final int LONGEST_ANSWER = 100_000;

  private final Egress egress;
  private final Clock clock;

  MailchimpApi(Egress egress, Clock clock) {
    this.egress = egress;
    this.clock = clock;
  }

  /** A member, as Mailchimp shows it. */
  MailchimpReply find(Order order, MailchimpMember member) {
    return of(member, get(order, member.path() + "?fields=id,contact_id,status,timestamp_opt"));
  }

  /** Makes a member. */
  MailchimpReply put(Order order, MailchimpMember member, JsonNode values) {
    var path = member.path() + "?skip_merge_validation=true";
    return of(member, call(order, path, (url, headers) -> Call.json("PUT", url, headers, values)));
  }

  /** Changes a member that is there. */
  MailchimpReply patch(Order order, MailchimpMember member, JsonNode values) {
    var path = member.path() + "?skip_merge_validation=true";
    return of(
        member, call(order, path, (url, headers) -> Call.json("PATCH", url, headers, values)));
  }

  MailchimpReply post(Order order, String path, JsonNode values) {
    return call(order, path, (url, headers) -> Call.json("POST", url, headers, values));
  }

  MailchimpReply get(Order order, String path) {
    return call(order, path, (url, headers) -> Call.plain("GET", url, headers));
  }

  /** Only what is about the member counts as an answer. */
  private static MailchimpReply of(MailchimpMember member, MailchimpReply reply) {
    return reply instanceof MailchimpReply.Done(var body) && !member.is(body)
        ? new MailchimpReply.Not(Answer.later("mailchimp-no-member"))
        : reply;
  }

  private MailchimpReply call(
      Order order, String path, BiFunction<URI, Map<String, String>, Call> how) {
    if (order.isLate(clock.instant())) {
      return new MailchimpReply.Not(Answer.later("took-too-long"));
    }
    return order.secret().keys().stream()
        .findFirst()
        .flatMap(key -> host(order, key).map(host -> how.apply(url(host, path), headers(key))))
        .map(it -> egress.send(it.reading(LONGEST_ANSWER), order.target().isLocal()))
        .map(it -> MailchimpReply.of(it, order.at()))
        .orElseGet(() -> new MailchimpReply.Not(new Answer.Stopped("secret-unusable")));
  }

  private static Optional<String> host(Order order, String key) {
    var here = mailchimp(order).here();
    var parts = KEY.matcher(key);
    return here != null
        ? Optional.of(here.toString())
        : Optional.of(parts)
            .filter(Matcher::matches)
            .map(it -> "https://" + it.group(1) + ".api.mailchimp.com");
  }

  private static URI url(String host, String path) {
    return URI.create(host + "/3.0" + path);
  }

  /** Any name will do. */
  private static Map<String, String> headers(String key) {
    var user = Base64.getEncoder().encodeToString(("vestibule:" + key).getBytes(UTF_8));
    return Map.of("Authorization", "Basic " + user);
  }

  static Mailchimp mailchimp(Order order) {
    return Objects.requireNonNull(order.target().mailchimp());
  }
}
