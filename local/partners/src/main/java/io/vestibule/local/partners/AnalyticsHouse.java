package io.vestibule.local.partners;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Those who count: Google Analytics 4, by its Measurement Protocol, and Plausible, by its events.
 *
 * @see <a
 *     href="https://developers.google.com/analytics/devguides/collection/protocol/ga4/reference">GA4</a>
 * @see <a href="https://plausible.io/docs/events-api">Plausible</a>
 */
public final class AnalyticsHouse {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final int NO_CONTENT = 204;
  private static final int MOST = 25;
  private static final int LONGEST_NAME = 40;
  private static final int LONGEST_VALUE = 100;
  private static final int LONGEST_URL = 2_000;
  private static final int LONGEST_PLAUSIBLE_NAME = 120;
  private static final int MOST_PROPS = 30;
  private static final Set<String> RESERVED = Set.of("error", "session_start", "ad_click");

  private final List<JsonNode> counted = new ArrayList<>();

  /** What was counted, as it came. */
  public synchronized List<JsonNode> counted() {
    return List.copyOf(counted);
  }

  /** Answers a call. */
  public synchronized PartnerAnswer answer(PartnerCall call) {
    var body = json(call);
    return switch (call.path()) {
      case "/mp/collect" -> collected(call, body);
      case "/debug/mp/collect" -> PartnerAnswer.of(OK, validated(call, body));
      case "/api/event" -> event(call, body);
      default -> PartnerAnswer.empty(404);
    };
  }

  private static JsonNode json(PartnerCall call) {
    try {
      return JSON.readTree(call.body());
    } catch (IOException e) {
      return JsonNodeFactory.instance.objectNode();
    }
  }

  /** It says that all is well of everything, and drops what it does not take. */
  private PartnerAnswer collected(PartnerCall call, JsonNode body) {
    if (validated(call, body).path("validationMessages").isEmpty()) {
      counted.add(body);
    }
    return PartnerAnswer.empty(NO_CONTENT);
  }

  private static ObjectNode validated(PartnerCall call, JsonNode body) {
    var json = JsonNodeFactory.instance.objectNode();
    var messages = json.putArray("validationMessages");
    var parameters = call.parameters();
    demand(
        messages, parameters.getOrDefault("measurement_id", "").startsWith("G-"), "VALUE_INVALID");
    demand(messages, !parameters.getOrDefault("api_secret", "").isEmpty(), "VALUE_REQUIRED");
    demand(messages, !body.path("client_id").asText().isEmpty(), "VALUE_REQUIRED");
    var events = body.path("events");
    demand(messages, !events.isEmpty() && events.size() <= MOST, "EXCEEDED_MAX_ENTITIES");
    events.forEach(event -> validate(messages, event));
    return json;
  }

  private static void validate(ArrayNode messages, JsonNode event) {
    var name = event.path("name").asText();
    var parameters = event.path("params");
    demand(messages, isName(name), "NAME_INVALID");
    demand(
        messages,
        !RESERVED.contains(name) && !name.matches("(_|firebase_|ga_|google_|gtag\\.).*"),
        "NAME_RESERVED");
    demand(messages, parameters.size() <= MOST, "EXCEEDED_MAX_ENTITIES");
    demand(
        messages,
        parameters
            .propertyStream()
            .allMatch(
                it -> isName(it.getKey()) && it.getValue().asText().length() <= LONGEST_VALUE),
        "VALUE_OUT_OF_BOUNDS");
  }

  private static boolean isName(String name) {
    return name.length() <= LONGEST_NAME && name.matches("[A-Za-z][A-Za-z0-9_]*");
  }

  private static void demand(ArrayNode messages, boolean isMet, String code) {
    if (!isMet) {
      messages.addObject().put("validationCode", code);
    }
  }

  private PartnerAnswer event(PartnerCall call, JsonNode body) {
    boolean isAsWanted =
        !call.header("user-agent").isEmpty()
            && isText(body.path("name"), LONGEST_PLAUSIBLE_NAME)
            && isText(body.path("url"), LONGEST_URL)
            && isText(body.path("domain"), LONGEST_VALUE)
            && body.path("props").size() <= MOST_PROPS
            && body.path("props").valueStream().allMatch(JsonNode::isTextual);
    if (!isAsWanted) {
      return PartnerAnswer.empty(400);
    }
    counted.add(body);
    return new PartnerAnswer(ACCEPTED, "ok");
  }

  private static boolean isText(JsonNode value, int longest) {
    return !value.asText().isEmpty() && value.asText().length() <= longest;
  }
}
