package io.vestibule.core.forms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fields that are asked only if another field has one of some values. It is an {@code if} with its
 * {@code then}, as every validator of JSON Schema reads it.
 *
 * @param on the other field
 * @param values texts, whole numbers, or {@code true}
 * @param required of the fields that are asked then, those that must be filled in
 * @param fields all that are asked then
 */
public record Condition(
    String on, List<JsonNode> values, Set<String> required, Set<String> fields) {

  public Condition {
    values = List.copyOf(values);
    required = Set.copyOf(required);
    fields = Set.copyOf(fields);
  }

  /** Whether the other field has one of the values. */
  boolean holds(ObjectNode entered) {
    var value = entered.get(on);
    return value != null && values.stream().anyMatch(it -> isSame(it, value));
  }

  private static boolean isSame(JsonNode one, JsonNode other) {
    return (one.isNumber() && other.isNumber())
        ? one.decimalValue().compareTo(other.decimalValue()) == 0
        : one.equals(other);
  }

  /**
   * Reads the conditions of a schema.
   *
   * @throws IllegalArgumentException they are not of this form, or of more than one level
   */
  static List<Condition> of(
      @Nullable JsonNode allOf, Map<String, Property> properties, Set<String> required) {
    if (allOf == null) {
      return List.of();
    }
    Require.that(
        allOf.isArray() && !allOf.isEmpty(), "schema.allOf must be a list of \"if\" and \"then\"");
    var conditions = new ArrayList<Condition>();
    for (int at = 0; at < allOf.size(); at++) {
      conditions.add(of("schema.allOf[%d]".formatted(at), allOf.get(at), properties));
    }
    checkLevels(conditions, required);
    return List.copyOf(conditions);
  }

  private static Condition of(String place, JsonNode node, Map<String, Property> properties) {
    Require.that(
        names(node).equals(Set.of("if", "then")),
        place + " must have \"if\" and \"then\", and nothing else");
    var test = node.path("if").path("properties");
    String on = test.fieldNames().hasNext() ? test.fieldNames().next() : "";
    var listed = test.path(on).path("enum");
    List<JsonNode> values =
        listed.isArray() ? listed.valueStream().toList() : List.of(test.path(on).path("const"));
    Require.that(
        names(node.path("if")).equals(Set.of("properties", "required"))
            && test.size() == 1
            && test.path(on).size() == 1
            && listOf(node.path("if").path("required")).equals(List.of(on)),
        place
            + ".if must be {\"properties\": {\"<field>\": {\"const\": <value>}}, \"required\": [\"<field>\"]}, with \"const\" or \"enum\"");
    var property = properties.get(on);
    Require.that(
        property != null && values.stream().allMatch(value -> canBe(property, value)),
        "%s.if: \"%s\" must be a field of one value, and each value one that it can have: of its \"enum\", true, or a whole number"
            .formatted(place, on));
    return new Condition(
        on,
        values,
        Set.copyOf(listOf(node.path("then").path("required"))),
        asked(place, node.path("then"), properties));
  }

  private static Set<String> asked(String place, JsonNode then, Map<String, Property> properties) {
    Require.that(
        Set.of("properties", "required").containsAll(names(then))
            && then.path("properties").valueStream().allMatch(JsonNode::booleanValue),
        place
            + ".then must be {\"required\": [fields], \"properties\": {\"<field>\": true}}, or one of both");
    var asked = new LinkedHashSet<>(listOf(then.path("required")));
    asked.addAll(names(then.path("properties")));
    Require.that(
        !asked.isEmpty() && properties.keySet().containsAll(asked),
        "%s.then names %s, but schema.properties has %s"
            .formatted(place, asked, properties.keySet()));
    return asked;
  }

  /** A field has one condition at most, and none is a condition that has one itself. */
  private static void checkLevels(List<Condition> conditions, Set<String> required) {
    var asked = new LinkedHashSet<String>();
    for (var condition : conditions) {
      for (String field : condition.fields()) {
        Require.that(asked.add(field), "schema.allOf has more than one condition for " + field);
        Require.that(
            !required.contains(field),
            "schema.required names %s, which is asked only on a condition".formatted(field));
      }
    }
    for (var condition : conditions) {
      Require.that(
          !asked.contains(condition.on()),
          "schema.allOf: %s is asked only on a condition, so it cannot be one"
              .formatted(condition.on()));
    }
  }

  private static boolean canBe(Property property, JsonNode value) {
    return switch (property.type()) {
      case STRING -> value.isTextual() && property.choices().contains(value.textValue());
      case BOOLEAN -> value.isBoolean() && value.booleanValue();
      case INTEGER -> value.isIntegralNumber();
      case NUMBER, ARRAY -> false;
    };
  }

  private static Set<String> names(JsonNode node) {
    var names = new LinkedHashSet<String>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<String> listOf(JsonNode texts) {
    return texts.valueStream().map(JsonNode::asText).toList();
  }
}
