package io.vestibule.local.forms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A form whose broken members were replaced by good ones, so that the others can be looked at as
 * well: each mistake is told once, and none hides another.
 */
final class Mended {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Members that every form has, as small as they can be. */
  private static final Map<String, String> GOOD =
      Map.of(
          "title", "{\"en\": \"x\"}",
          "consents", "{}",
          "tags", "[]",
          "origins", "[]",
          "next", "[]",
          "keep", "{\"unverified\": \"PT72H\"}");

  private static final Map<String, String> GOOD_SCHEMA =
      Map.of(
          "$schema", "\"https://json-schema.org/draft/2020-12/schema\"",
          "type", "\"object\"",
          "properties", "{}",
          "required", "[]",
          "additionalProperties", "false");

  private static final String IDENTITY =
      "{\"type\": \"string\", \"format\": \"email\", \"maxLength\": 254}";

  private static final String IDENTITY_FIELD =
      "{\"label\": {\"en\": \"x\"}, \"identity\": true, \"autocomplete\": \"email\"}";

  /** Members of a field on which nothing else depends. */
  private static final Set<String> OF_NO_OTHER = Set.of("help", "rows");

  private final ObjectNode tree;

  Mended(ObjectNode form) {
    this.tree = form.deepCopy();
  }

  ObjectNode tree() {
    return tree;
  }

  /**
   * Replaces, or takes away, the member at a JSON pointer.
   *
   * @return whether anything is another now
   */
  boolean mend(String pointer) {
    String before = tree.toString();
    String[] parts = pointer.split("/", -1);
    String first = parts.length > 1 ? unescaped(parts[1]) : "";
    switch (first) {
      case "" -> {}
      case "schema" -> mendSchema(parts);
      case "fields" -> mendField(parts);
      case "consents" -> mendConsent(parts);
      default -> {
        tree.remove(first);
        if (GOOD.containsKey(first)) {
          tree.set(first, json(GOOD.get(first)));
        }
      }
    }
    return !tree.toString().equals(before);
  }

  private void mendSchema(String[] parts) {
    if (parts.length > 3 && parts[2].equals("properties")) {
      drop(unescaped(parts[3]));
      return;
    }
    ObjectNode schema =
        tree.path("schema") instanceof ObjectNode object ? object : tree.putObject("schema");
    String member = parts.length > 2 ? unescaped(parts[2]) : "";
    if (member.equals("required")) {
      keepKnown(schema);
    } else if (GOOD_SCHEMA.containsKey(member)) {
      schema.set(member, json(GOOD_SCHEMA.get(member)));
    } else {
      schema.remove(member);
    }
    GOOD_SCHEMA.forEach(
        (name, good) -> {
          if (!schema.has(name)) {
            schema.set(name, json(good));
          }
        });
  }

  /** What must be filled in is what there is. */
  private static void keepKnown(ObjectNode schema) {
    var known = schema.arrayNode();
    schema
        .path("required")
        .forEach(
            name -> {
              if (schema.path("properties").has(name.asText())) {
                known.add(name.asText());
              }
            });
    schema.set("required", known);
  }

  private void mendField(String[] parts) {
    if (parts.length > 3 && OF_NO_OTHER.contains(parts[3])) {
      object(object(tree, "fields"), unescaped(parts[2])).remove(parts[3]);
      return;
    }
    if (parts.length > 2) {
      drop(unescaped(parts[2]));
      return;
    }
    // It is about all of them: there is not one by whom a person is known.
    tree.path("fields").forEach(field -> unidentified(field));
    put("identity");
  }

  private static void unidentified(JsonNode field) {
    if (field instanceof ObjectNode object) {
      object.remove("identity");
    }
  }

  private void mendConsent(String[] parts) {
    if (parts.length > 2 && tree.path("consents") instanceof ObjectNode consents) {
      consents.remove(unescaped(parts[2]));
    } else {
      tree.set("consents", json("{}"));
    }
  }

  /** Takes a field away, with everything that is said of it elsewhere. */
  private void drop(String name) {
    boolean isIdentity = tree.path("fields").path(name).path("identity").asBoolean();
    if (isIdentity) {
      put(name);
      return;
    }
    if (tree.path("fields") instanceof ObjectNode fields) {
      fields.remove(name);
    }
    if (tree.at("/schema/properties") instanceof ObjectNode properties) {
      properties.remove(name);
    }
    remove(tree.at("/schema/required"), it -> it.asText().equals(name));
    takeOut(tree.path("schema"), "allOf", it -> isAbout(it, name));
    tree.path("consents")
        .forEach(it -> takeOut(it, "fields", field -> field.asText().equals(name)));
  }

  private static void remove(JsonNode list, Predicate<JsonNode> which) {
    for (int at = list.size() - 1; at >= 0; at--) {
      if (list instanceof ArrayNode array && which.test(array.get(at))) {
        array.remove(at);
      }
    }
  }

  /** The same of a list that must not be empty: it goes with its last. */
  private static void takeOut(JsonNode of, String list, Predicate<JsonNode> which) {
    remove(of.path(list), which);
    if (of instanceof ObjectNode object && object.path(list).isEmpty()) {
      object.remove(list);
    }
  }

  /** Whether a condition asks for a field, or depends on one. */
  private static boolean isAbout(JsonNode condition, String field) {
    JsonNode then = condition.path("then");
    return condition.path("if").path("properties").has(field)
        || then.path("properties").has(field)
        || then.path("required").valueStream().anyMatch(it -> it.asText().equals(field));
  }

  private void put(String identity) {
    object(tree, "fields").set(identity, json(IDENTITY_FIELD));
    ObjectNode schema = object(tree, "schema");
    object(schema, "properties").set(identity, json(IDENTITY));
    ArrayNode required =
        schema.path("required") instanceof ArrayNode names ? names : schema.putArray("required");
    required.add(identity);
  }

  private static ObjectNode object(ObjectNode in, String name) {
    return in.path(name) instanceof ObjectNode object ? object : in.putObject(name);
  }

  private static String unescaped(String part) {
    return part.replace("~1", "/").replace("~0", "~");
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("our own JSON can be read", e);
    }
  }
}
