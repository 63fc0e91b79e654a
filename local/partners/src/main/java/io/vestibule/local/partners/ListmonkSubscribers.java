package io.vestibule.local.partners;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Who is on the lists of a listmonk. */
final class ListmonkSubscribers {

  private static final Set<String> MEMBERS =
      Set.of("email", "name", "status", "lists", "attribs", "preconfirm_subscriptions");
  private static final Set<String> STATUSES = Set.of("enabled", "disabled", "blocklisted");

  /** The conditions that we ask by; an apostrophe in a text is doubled. */
  private static final Pattern QUERY =
      Pattern.compile(
          "subscribers\\.(?:(email|uuid)|attribs->>'([\\w-]+)') = '((?:[^'\\p{Cntrl}]|'')*)'");

  private final Set<Integer> lists;
  private final Map<Integer, ObjectNode> all = new LinkedHashMap<>();
  private int last;

  ListmonkSubscribers(Set<Integer> lists) {
    this.lists = lists;
  }

  Set<Integer> lists() {
    return lists;
  }

  List<JsonNode> all() {
    return all.values().stream().<JsonNode>map(ObjectNode::deepCopy).toList();
  }

  ObjectNode find(String id) throws ListmonkRefusal {
    var found = id.matches("[0-9]{1,9}") ? all.get(Integer.parseInt(id)) : null;
    if (found == null) {
      throw new ListmonkRefusal(400, "Subscriber not found");
    }
    return found;
  }

  ObjectNode create(JsonNode values) throws ListmonkRefusal {
    check(values);
    if (!values.path("email").asText().matches("[^@\\s]+@[^@\\s]+\\.[^@\\s]+")
        || values.path("name").asText().isBlank()) {
      throw new ListmonkRefusal(400, "Invalid email or name");
    }
    var address = values.path("email").asText().toLowerCase(Locale.ROOT);
    if (all.values().stream().anyMatch(it -> it.path("email").asText().equals(address))) {
      throw new ListmonkRefusal(409, "E-mail already exists.");
    }
    last++;
    var made = JsonNodeFactory.instance.objectNode().put("id", last);
    made.put("uuid", UUID.randomUUID().toString()).put("email", address);
    made.set("name", values.path("name"));
    made.put("status", values.path("status").asText("enabled"));
    made.putObject("attribs").setAll((ObjectNode) values.path("attribs"));
    made.putArray("lists");
    var status = values.path("preconfirm_subscriptions").asBoolean() ? "confirmed" : "unconfirmed";
    values.path("lists").forEach(it -> on(made, it.asInt(), status));
    all.put(last, made);
    return made;
  }

  private static void on(ObjectNode subscriber, int list, String status) {
    subscriber.withArray("/lists").addObject().put("id", list).put("subscription_status", status);
  }

  /** Attributes take the place of those that were there: the stricter reading. */
  ObjectNode patch(String id, JsonNode values) throws ListmonkRefusal {
    var subscriber = find(id);
    check(values);
    for (var value : values.properties()) {
      if (value.getKey().equals("lists")) {
        throw new ListmonkRefusal(400, "Nobody is to be taken off their lists by it");
      }
      subscriber.set(value.getKey(), value.getValue());
    }
    if (subscriber.path("name").asText().isBlank()) {
      throw new ListmonkRefusal(400, "Invalid name");
    }
    return subscriber;
  }

  private void check(JsonNode values) throws ListmonkRefusal {
    boolean isAsWanted =
        values.propertyStream().allMatch(it -> MEMBERS.contains(it.getKey()))
            && (!values.has("status") || STATUSES.contains(values.path("status").asText()))
            && (!values.has("attribs") || values.path("attribs").isObject())
            && values.path("lists").valueStream().allMatch(it -> lists.contains(it.asInt()));
    if (!isAsWanted) {
      throw new ListmonkRefusal(400, "Invalid data");
    }
  }

  /** It says that it was done of whoever is not there, too. */
  void delete(String id) {
    if (id.matches("[0-9]{1,9}")) {
      all.remove(Integer.parseInt(id));
    }
  }

  /** Whoever is on a list gets the status, even if they had unsubscribed. */
  void change(JsonNode order) throws ListmonkRefusal {
    var action = order.path("action").asText();
    var status = action.equals("add") ? order.path("status").asText() : "unsubscribed";
    boolean isAsWanted =
        Set.of("add", "unsubscribe").contains(action)
            && Set.of("confirmed", "unconfirmed", "unsubscribed").contains(status)
            && order.path("ids").isArray()
            && order.path("target_list_ids").isArray();
    if (!isAsWanted) {
      throw new ListmonkRefusal(400, "Invalid action");
    }
    for (var subscriber : all.values()) {
      if (order.path("ids").valueStream().anyMatch(it -> it.equals(subscriber.path("id")))) {
        order
            .path("target_list_ids")
            .forEach(it -> change(subscriber, it.asInt(), status, action.equals("add")));
      }
    }
  }

  private static void change(ObjectNode subscriber, int list, String status, boolean adds) {
    var had =
        subscriber
            .withArray("/lists")
            .valueStream()
            .filter(it -> it.path("id").asInt() == list)
            .findFirst();
    had.ifPresent(it -> ((ObjectNode) it).put("subscription_status", status));
    if (had.isEmpty() && adds) {
      on(subscriber, list, status);
    }
  }

  /** What a condition of SQL finds. */
  List<ObjectNode> query(String condition) throws ListmonkRefusal {
    var parts = QUERY.matcher(condition);
    if (!parts.matches()) {
      throw new ListmonkRefusal(400, "Error preparing query");
    }
    var text = parts.group(3).replace("''", "'");
    Stream<ObjectNode> found = all.values().stream();
    return parts.group(1) == null
        ? found.filter(it -> it.path("attribs").path(parts.group(2)).asText().equals(text)).toList()
        : found.filter(it -> it.path(parts.group(1)).asText().equals(text)).toList();
  }
}
