package io.vestibule.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The template's named conditions, decided from its parameters and mappings alone. */
final class Conditions {

  private final ObjectNode declarations;
  private final Intrinsics operands;
  private final Set<String> beingDecided = new LinkedHashSet<>();

  Conditions(ObjectNode declarations, Map<String, JsonNode> values, ObjectNode mappings) {
    this.declarations = declarations;
    this.operands = new Intrinsics(values, mappings, this::holds, References.NONE);
  }

  /**
   * Whether a condition holds.
   *
   * @param place where it is asked for
   * @throws TemplateException if there is none of that name, or it depends on itself
   */
  boolean holds(String name, String place) {
    if (!declarations.has(name)) {
      throw new TemplateException(place, "there is no condition “" + name + "”");
    }
    if (!beingDecided.add(name)) {
      throw new TemplateException(
          place, "conditions depend on each other: " + String.join(" → ", beingDecided));
    }
    try {
      return decide(declarations.get(name), "Conditions/" + name);
    } finally {
      beingDecided.remove(name);
    }
  }

  private boolean decide(JsonNode node, String place) {
    if (!node.isObject() || node.size() != 1) {
      throw new TemplateException(place, "is not a condition");
    }
    var call = node.properties().iterator().next();
    JsonNode argument = call.getValue();
    return switch (call.getKey()) {
      case "Condition" -> holds(argument.asText(), place);
      case "Fn::Equals" -> equal(argument, place);
      case "Fn::Not" -> {
        requireSize(argument, 1, 1, place);
        yield !decide(argument.get(0), place);
      }
      case "Fn::And" -> among(argument, place).allMatch(part -> decide(part, place));
      case "Fn::Or" -> among(argument, place).anyMatch(part -> decide(part, place));
      default -> throw new TemplateException(place, call.getKey() + " is not a condition");
    };
  }

  private boolean equal(JsonNode argument, String place) {
    requireSize(argument, 2, 2, place);
    return operands.text(argument.get(0), place).equals(operands.text(argument.get(1), place));
  }

  private static Stream<JsonNode> among(JsonNode argument, String place) {
    requireSize(argument, 2, 10, place);
    return argument.valueStream();
  }

  private static void requireSize(JsonNode argument, int least, int most, String place) {
    if (!argument.isArray() || argument.size() < least || argument.size() > most) {
      throw new TemplateException(
          place, "takes a list of " + (least == most ? least : least + " to " + most));
    }
  }
}
