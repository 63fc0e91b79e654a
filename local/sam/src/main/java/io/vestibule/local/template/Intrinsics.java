package io.vestibule.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces intrinsic functions by their values.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html">Intrinsic
 *     function reference</a>
 */
final class Intrinsics {

  /** All that are known; the last ones only inside of {@code Conditions}. */
  static final Set<String> FUNCTIONS =
      Set.of(
          "Ref",
          "Fn::GetAtt",
          "Fn::Sub",
          "Fn::If",
          "Fn::Join",
          "Fn::Select",
          "Fn::Split",
          "Fn::FindInMap",
          "Condition",
          "Fn::Equals",
          "Fn::Not",
          "Fn::And",
          "Fn::Or");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Map<String, JsonNode> values;
  private final ObjectNode mappings;
  private final Truth conditions;
  private final References resources;

  /** Which conditions hold. */
  @FunctionalInterface
  interface Truth {
    boolean holds(String condition, String place);
  }

  /**
   * @param values of parameters and pseudo parameters; a missing node stands for {@code
   *     AWS::NoValue}
   */
  Intrinsics(
      Map<String, JsonNode> values, ObjectNode mappings, Truth conditions, References resources) {
    this.values = values;
    this.mappings = mappings;
    this.conditions = conditions;
    this.resources = resources;
  }

  /** Whether a node is a call of an intrinsic function, and not a mapping or a value. */
  static boolean isCall(JsonNode node) {
    if (!node.isObject() || node.size() != 1) {
      return false;
    }
    String name = node.fieldNames().next();
    return name.equals("Ref") || name.startsWith("Fn::");
  }

  /**
   * The tree with every call replaced by its value.
   *
   * @return a missing node if the whole of it is {@code AWS::NoValue}
   */
  JsonNode resolve(JsonNode node, String place) {
    if (isCall(node)) {
      var call = node.properties().iterator().next();
      return call(call.getKey(), call.getValue(), place + "/" + call.getKey());
    }
    return switch (node) {
      case ObjectNode object -> resolveEach(object, place);
      case ArrayNode array -> resolveEach(array, place);
      default -> node;
    };
  }

  /** Resolves to a text; numbers and truth values are written out. */
  String text(JsonNode node, String place) {
    return ListFunctions.text(resolve(node, place), place);
  }

  private ObjectNode resolveEach(ObjectNode object, String place) {
    ObjectNode resolved = NODES.objectNode();
    for (var entry : object.properties()) {
      String at = place + "/" + entry.getKey();
      if (entry.getKey().startsWith("Fn::")) {
        throw new TemplateException(at, "an intrinsic function must be alone in its mapping");
      }
      JsonNode value = resolve(entry.getValue(), at);
      if (!value.isMissingNode()) {
        resolved.set(entry.getKey(), value);
      }
    }
    return resolved;
  }

  private ArrayNode resolveEach(ArrayNode array, String place) {
    ArrayNode resolved = NODES.arrayNode();
    for (int i = 0; i < array.size(); i++) {
      JsonNode value = resolve(array.get(i), place + "/" + i);
      if (!value.isMissingNode()) {
        resolved.add(value);
      }
    }
    return resolved;
  }

  private JsonNode call(String function, JsonNode argument, String place) {
    return switch (function) {
      case "Ref" -> ref(text(argument, place), place);
      case "Fn::GetAtt" -> attribute(argument, place);
      case "Fn::Sub" -> TextNode.valueOf(substitute(argument, place));
      case "Fn::If" -> choose(ListFunctions.arguments(argument, 3, place), place);
      case "Fn::Join" -> ListFunctions.join(resolve(argument, place), place);
      case "Fn::Select" -> ListFunctions.select(resolve(argument, place), place);
      case "Fn::Split" -> ListFunctions.split(resolve(argument, place), place);
      case "Fn::FindInMap" -> find(ListFunctions.arguments(argument, 3, place), place);
      default -> throw new TemplateException(place, "stands where only a value can stand");
    };
  }

  private JsonNode ref(String name, String place) {
    JsonNode value = values.get(name);
    return value != null ? value : resources.ref(name, place);
  }

  private JsonNode attribute(JsonNode argument, String place) {
    List<String> parts =
        argument.isTextual()
            ? List.of(argument.asText().split("\\.", 2))
            : argument.valueStream().map(part -> text(part, place)).toList();
    if (parts.size() < 2 || parts.contains("")) {
      throw new TemplateException(place, "does not name a resource and one of its attributes");
    }
    String name = String.join(".", parts.subList(1, parts.size()));
    return resources.attribute(parts.getFirst(), name, place);
  }

  private String substitute(JsonNode argument, String place) {
    boolean withValues = argument.isArray();
    List<JsonNode> parts =
        withValues ? ListFunctions.arguments(argument, 2, place) : List.of(argument);
    JsonNode own = withValues ? parts.get(1) : NODES.objectNode();
    return PLACEHOLDER
        .matcher(parts.getFirst().asText())
        .replaceAll(match -> Matcher.quoteReplacement(placeholder(match.group(1), own, place)));
  }

  private String placeholder(String name, JsonNode own, String place) {
    if (name.startsWith("!")) {
      return "${" + name.substring(1) + "}";
    }
    if (own.has(name)) {
      return text(own.get(name), place + "/" + name);
    }
    String function = name.contains(".") ? "Fn::GetAtt" : "Ref";
    return text(NODES.objectNode().put(function, name), place);
  }

  private JsonNode choose(List<JsonNode> arguments, String place) {
    boolean holds = conditions.holds(arguments.get(0).asText(), place);
    return resolve(arguments.get(holds ? 1 : 2), place);
  }

  private JsonNode find(List<JsonNode> arguments, String place) {
    JsonNode found = mappings;
    for (JsonNode key : arguments) {
      String name = text(key, place);
      found = found.path(name);
      if (found.isMissingNode()) {
        throw new TemplateException(place, "no mapping leads to “" + name + "”");
      }
    }
    return found;
  }
}
