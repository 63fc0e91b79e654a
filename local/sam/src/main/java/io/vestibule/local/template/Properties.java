package io.vestibule.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A resolved part of the template that remembers what was read of it, so that nothing in the
 * template is ignored in silence: {@link #requireAllRead} names the members that were never read.
 */
final class Properties {

  private final String place;
  private final ObjectNode node;
  private final Set<String> known = new HashSet<>();
  private final List<Properties> parts = new ArrayList<>();

  Properties(String place, ObjectNode node) {
    this.place = place;
    this.node = node;
  }

  /** A property that must be there, as text. */
  String text(String name) {
    return optionalText(name).orElseThrow(() -> fault(name, "is missing"));
  }

  Optional<String> optionalText(String name) {
    JsonNode value = tree(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isValueNode()) {
      throw fault(name, "is not a single value");
    }
    return Optional.of(value.asText());
  }

  /** A list of texts; a single one counts as a list of one, and an absent one as empty. */
  List<String> texts(String name) {
    JsonNode value = tree(name);
    if (value.isMissingNode()) {
      return List.of();
    }
    return value.isArray()
        ? value.valueStream().map(JsonNode::asText).toList()
        : List.of(text(name));
  }

  int number(String name, int otherwise) {
    try {
      return optionalText(name).map(Integer::parseInt).orElse(otherwise);
    } catch (NumberFormatException e) {
      throw fault(name, "is not a whole number");
    }
  }

  /** A truth value; absent is false. */
  boolean flag(String name) {
    return switch (optionalText(name).orElse("false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw fault(name, "is neither true nor false");
    };
  }

  /** A mapping; absent is empty. */
  Properties object(String name) {
    return part(name, tree(name));
  }

  /** A list of mappings; absent is empty. */
  List<Properties> objects(String name) {
    var items = new ArrayList<Properties>();
    for (JsonNode item : tree(name)) {
      items.add(part(name + "/" + items.size(), item));
    }
    return items;
  }

  /** A mapping of names to mappings; absent is empty. */
  Map<String, Properties> named(String name) {
    var byName = new LinkedHashMap<String, Properties>();
    Properties object = object(name);
    for (var entry : object.node.properties()) {
      byName.put(entry.getKey(), object.object(entry.getKey()));
    }
    return byName;
  }

  /** The property as it stands, with all that is in it; a missing node if it is absent. */
  JsonNode tree(String name) {
    known.add(name);
    return node.path(name);
  }

  /** The whole, as it stands. */
  ObjectNode tree() {
    ignoreAll();
    return node;
  }

  boolean has(String name) {
    return node.has(name);
  }

  /** Properties that mean something to AWS and nothing to a run on one machine. */
  void ignore(String... names) {
    known.addAll(List.of(names));
  }

  void ignoreAll() {
    node.fieldNames().forEachRemaining(known::add);
  }

  /** The only value that can be carried out here; absence is as good. */
  void allowOnly(String name, String value) {
    optionalText(name)
        .filter(given -> !given.equals(value))
        .ifPresent(
            given -> {
              throw fault(name, "can only be “" + value + "” in a local run");
            });
  }

  /** Fails if there is a property, here or further in, that nothing has read. */
  void requireAllRead() {
    for (var name : (Iterable<String>) node::fieldNames) {
      if (!known.contains(name)) {
        throw fault(name, "is not known here");
      }
    }
    parts.forEach(Properties::requireAllRead);
  }

  String place() {
    return place;
  }

  TemplateException fault(String name, String message) {
    return new TemplateException(name.isEmpty() ? place : place + "/" + name, message);
  }

  private Properties part(String name, JsonNode value) {
    var part =
        switch (value) {
          case ObjectNode object -> new Properties(place + "/" + name, object);
          case MissingNode absent ->
              new Properties(place + "/" + name, JsonNodeFactory.instance.objectNode());
          default -> throw fault(name, "is not a mapping");
        };
    parts.add(part);
    return part;
  }
}
