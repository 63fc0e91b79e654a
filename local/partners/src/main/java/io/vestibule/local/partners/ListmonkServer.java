package io.vestibule.local.partners;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A listmonk, version 6, for the operations that this project calls. Where its papers are silent,
 * the stricter reading counts.
 *
 * @see <a href="https://listmonk.app/docs/apis/subscribers/">API reference</a>
 */
public final class ListmonkServer {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SUBSCRIBERS = "/api/subscribers";

  private final String key;
  private final ListmonkSubscribers subscribers = new ListmonkSubscribers(Set.of(1, 2));

  /**
   * One with two lists.
   *
   * @param key a user of the API and its token: {@code user:token}
   */
  public ListmonkServer(String key) {
    this.key = key;
  }

  public synchronized List<JsonNode> subscribers() {
    return subscribers.all();
  }

  /** The owner of the list adds somebody to a list, with a status there. */
  public synchronized void add(String address, int list, String status) {
    var values = JsonNodeFactory.instance.objectNode().put("email", address).put("name", "Theirs");
    values.putObject("attribs").put("city", "Bonn");
    try {
      var id = subscribers.create(values).path("id");
      set(address, "enabled");
      var order = JsonNodeFactory.instance.objectNode().put("action", "add").put("status", status);
      order.putArray("ids").add(id);
      order.putArray("target_list_ids").add(list);
      subscribers.change(order);
    } catch (ListmonkRefusal e) {
      throw new IllegalArgumentException("no subscriber as listmonk wants it", e);
    }
  }

  /** The owner of the list enables somebody, or blocks them. */
  public synchronized void set(String address, String status) {
    one(address).put("status", status);
  }

  /** Somebody follows the link in a mail. */
  public synchronized void unsubscribe(String address) {
    one(address)
        .withArray("/lists")
        .forEach(it -> ((ObjectNode) it).put("subscription_status", "unsubscribed"));
  }

  /** The owner of the list takes somebody off all lists. */
  public synchronized void takeOff(String address) {
    one(address).putArray("lists");
  }

  /** The owner of the list deletes somebody. */
  public synchronized void remove(String address) {
    subscribers.delete(one(address).path("id").asText());
  }

  private ObjectNode one(String address) {
    try {
      return subscribers
          .query("subscribers.email = '" + address.replace("'", "''") + "'")
          .getFirst();
    } catch (ListmonkRefusal e) {
      throw new IllegalArgumentException("there is no such subscriber", e);
    }
  }

  /** Answers a call; one at a time. */
  public synchronized PartnerAnswer answer(PartnerCall call) {
    try {
      if (!call.header("authorization").equals("token " + key)) {
        throw new ListmonkRefusal(403, "invalid API credentials");
      }
      return PartnerAnswer.of(200, JsonNodeFactory.instance.objectNode().set("data", route(call)));
    } catch (ListmonkRefusal e) {
      return e.answer();
    }
  }

  private JsonNode route(PartnerCall call) throws ListmonkRefusal {
    if (call.path().equals("/api/lists") && call.method().equals("GET")) {
      return lists();
    }
    var id = call.path().replaceFirst("^" + SUBSCRIBERS + "/?", "");
    if (!call.path().startsWith(SUBSCRIBERS) || !id.matches("[0-9]*|lists")) {
      throw new ListmonkRefusal(404, "Not Found");
    }
    return switch (call.method() + (id.isEmpty() ? "" : " one")) {
      case "POST" -> subscribers.create(body(call)).deepCopy();
      case "GET" -> found(call.parameters());
      case "GET one" -> subscribers.find(id).deepCopy();
      case "PATCH one" -> subscribers.patch(id, body(call)).deepCopy();
      case "PUT one" -> {
        if (!id.equals("lists")) {
          throw new ListmonkRefusal(400, "All of it, or the lists are lost: use PATCH");
        }
        subscribers.change(body(call));
        yield BooleanNode.TRUE;
      }
      case "DELETE one" -> {
        subscribers.delete(id);
        yield BooleanNode.TRUE;
      }
      default -> throw new ListmonkRefusal(405, "Method Not Allowed");
    };
  }

  private JsonNode lists() {
    var json = JsonNodeFactory.instance.objectNode();
    subscribers.lists().forEach(it -> json.withArray("/results").addObject().put("id", it));
    return json;
  }

  private JsonNode found(Map<String, String> parameters) throws ListmonkRefusal {
    var json = JsonNodeFactory.instance.objectNode();
    var results = json.putArray("results");
    subscribers
        .query(parameters.getOrDefault("query", ""))
        .forEach(it -> results.add(it.deepCopy()));
    return json;
  }

  private static JsonNode body(PartnerCall call) throws ListmonkRefusal {
    try {
      JsonNode body = JSON.readTree(call.body());
      if (body.isObject() && call.header("content-type").startsWith("application/json")) {
        return body;
      }
    } catch (IOException e) {
      // As for anything else that is no JSON.
    }
    throw new ListmonkRefusal(400, "Invalid JSON");
  }
}
