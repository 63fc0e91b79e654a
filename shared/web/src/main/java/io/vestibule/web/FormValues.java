package io.vestibule.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.vestibule.core.Json;

/** Collects the controls of an HTML form as if they had been sent as JSON. */
final class FormValues {

  private final ObjectNode values = Json.MAPPER.createObjectNode();

  void add(String name, String value) {
    JsonNode before = values.get(name);
    switch (before) {
      case null -> values.put(name, value);
      case ArrayNode list -> list.add(value);
      default -> values.set(name, values.arrayNode().add(before).add(new TextNode(value)));
    }
  }

  ObjectNode values() {
    return values;
  }
}
