package io.vestibule.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.vestibule.core.Json;
import io.vestibule.core.forms.Entry;
import java.util.Set;

/**
 * Collects the controls of an HTML form as if they had been sent as JSON.
 *
 * <p>Of a name that repeats, empty values are as if not sent: frameworks send a hidden control
 * beside a box, so that something comes if the box is not ticked.
 */
final class FormValues {

  /** What frameworks send in place of the version of a consent that is not ticked. */
  private static final Set<String> NOT_TICKED = Set.of("0", "false", "off");

  private final ObjectNode values = Json.MAPPER.createObjectNode();

  void add(String name, String sent) {
    boolean isNotTicked = name.startsWith(Entry.CONSENT) && NOT_TICKED.contains(sent);
    String value = isNotTicked ? "" : sent;
    JsonNode before = values.get(name);
    switch (before) {
      case null -> values.put(name, value);
      case TextNode text when text.textValue().isBlank() -> values.put(name, value);
      case JsonNode _ when value.isBlank() -> {}
      case ArrayNode list -> list.add(value);
      default -> values.set(name, values.arrayNode().add(before).add(new TextNode(value)));
    }
  }

  ObjectNode values() {
    return values;
  }
}
