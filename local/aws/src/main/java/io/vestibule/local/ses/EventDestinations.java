package io.vestibule.local.ses;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.local.aws.Parameters;
import io.vestibule.local.aws.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a configuration set tells EventBridge; the only kind of destination there is here. */
final class EventDestinations {

  private final Map<String, List<String>> typesByName = new HashMap<>();

  /** Adds what a request to CreateConfigurationSetEventDestination describes. */
  void add(Parameters request) throws Refusal {
    request.only("EventDestinationName", "EventDestination");
    var name = request.required("EventDestinationName");
    var destination = request.object("EventDestination");
    destination.only("Enabled", "MatchingEventTypes", "EventBridgeDestination");
    var bus = destination.object("EventBridgeDestination").only("EventBusArn");
    if (!bus.required("EventBusArn").endsWith(":event-bus/default")) {
      throw request.invalid("The event bus must be the default one.");
    }
    var types =
        destination.flag("Enabled") ? destination.texts("MatchingEventTypes") : List.<String>of();
    if (typesByName.putIfAbsent(name, types) != null) {
      throw new Refusal(
          400, "AlreadyExistsException", "Event destination <" + name + "> already exists.");
    }
  }

  /** Whether any of them asks for events of this type. */
  boolean want(JsonNode event) {
    var type = event.at("/detail/eventType").asText().toUpperCase(Locale.ROOT);
    return typesByName.values().stream().anyMatch(types -> types.contains(type));
  }
}
