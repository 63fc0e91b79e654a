package io.vestibule.delivery.kind.listmonk;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.targets.Listmonk;
import io.vestibule.delivery.egress.Call;
import io.vestibule.delivery.egress.Egress;
import io.vestibule.delivery.kind.Answer;
import io.vestibule.delivery.kind.Order;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** Calls of listmonk's API. */
final class ListmonkApi {

  /** The name of a user of the API, and its token. */
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,300}");

  /** A subscriber's attributes may be long. */
  private static final int LONGEST_ANSWER = 1_000_000;

  private final Egress egress;
  private final Clock clock;

  ListmonkApi(Egress egress, Clock clock) {
    this.egress = egress;
    this.clock = clock;
  }

  ListmonkReply create(Order order, JsonNode values) {
    return json(order, "POST", "", values);
  }

  ListmonkReply read(Order order, ListmonkSubscriber subscriber) {
    return plain(order, "GET", "/api/subscribers" + subscriber.path());
  }

  /** Only what is in the call is changed: a PUT would take the subscriber off all lists. */
  ListmonkReply change(Order order, ListmonkSubscriber subscriber, JsonNode values) {
    return json(order, "PATCH", subscriber.path(), values);
  }

  ListmonkReply delete(Order order, ListmonkSubscriber subscriber) {
    return plain(order, "DELETE", "/api/subscribers" + subscriber.path());
  }

  /** Puts a subscriber on lists, whatever their status there is. */
  ListmonkReply subscribe(Order order, ListmonkSubscriber subscriber, List<Integer> lists) {
    return json(
        order, "PUT", "/lists", onLists("add", subscriber, lists).put("status", "confirmed"));
  }

  /** Has a subscriber get no mails of all lists on which they may be by us. */
  ListmonkReply unsubscribe(Order order, ListmonkSubscriber subscriber) {
    var lists = subscriber.alsoOn(order).lists();
    return json(order, "PUT", "/lists", onLists("unsubscribe", subscriber, lists));
  }

  private static ObjectNode onLists(
      String action, ListmonkSubscriber subscriber, List<Integer> lists) {
    var body = JsonNodeFactory.instance.objectNode().put("action", action);
    body.putArray("ids").add(subscriber.id());
    lists.forEach(body.putArray("target_list_ids")::add);
    return body;
  }

  ListmonkReply byAddress(Order order, String address) {
    return query(order, "subscribers.email = " + quoted(address));
  }

  ListmonkReply byKey(Order order, String customer) {
    var key = ListmonkSubscriber.keyName(order);
    return query(order, "subscribers.attribs->>" + quoted(key) + " = " + quoted(customer));
  }

  ListmonkReply byUuid(Order order, ListmonkSubscriber subscriber) {
    return query(order, "subscribers.uuid = " + quoted(subscriber.uuid()));
  }

  ListmonkReply lists(Order order) {
    return plain(order, "GET", "/api/lists?per_page=all&minimal=true");
  }

  private ListmonkReply query(Order order, String condition) {
    return plain(
        order, "GET", "/api/subscribers?per_page=2&query=" + URLEncoder.encode(condition, UTF_8));
  }

  /** A text of SQL. Addresses and keys have neither control characters nor backslashes. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private ListmonkReply json(Order order, String method, String path, JsonNode values) {
    return call(
        order,
        "/api/subscribers" + path,
        (url, headers) -> Call.json(method, url, headers, values));
  }

  private ListmonkReply plain(Order order, String method, String path) {
    return call(order, path, (url, headers) -> Call.plain(method, url, headers));
  }

  private ListmonkReply call(
      Order order, String path, BiFunction<URI, Map<String, String>, Call> how) {
    if (order.isLate(clock.instant())) {
      return new ListmonkReply.Not(Answer.later("took-too-long"));
    }
    var server = Objects.requireNonNull(order.target().url());
    return order.secret().keys().stream()
        .findFirst()
        .filter(it -> KEY.matcher(it).matches())
        .map(it -> how.apply(URI.create(server + path), Map.of("Authorization", "token " + it)))
        .map(it -> egress.send(it.reading(LONGEST_ANSWER), order.target().isLocal()))
        .map(it -> ListmonkReply.of(it, order.at()))
        .orElseGet(() -> new ListmonkReply.Not(new Answer.Stopped("secret-unusable")));
  }

  static Listmonk listmonk(Order order) {
    return Objects.requireNonNull(order.target().listmonk());
  }
}
