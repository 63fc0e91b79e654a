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
import java.util.stream.Collectors;

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
    JsonNode value = resolve(node, place);
    if (!value.isValueNode() || value.isNull()) {
      throw new TemplateException(place, "is not a single value");
    }
    return value.asText();
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
      case "Fn::If" -> choose(arguments(argument, 3, place), place);
      case "Fn::Join" -> TextNode.valueOf(join(arguments(argument, 2, place), place));
      case "Fn::Select" -> select(arguments(argument, 2, place), place);
      case "Fn::Split" -> split(arguments(argument, 2, place), place);
      case "Fn::FindInMap" -> find(arguments(argument, 3, place), place);
      default -> throw new TemplateException(place, "stands where only a value can stand");
    };
  }

  private JsonNode ref(String name, String place) {
    JsonNode value = values.get(name);
    return value != null ? value : resources.ref(name, place);
  }

  private JsonNode attribute(JsonNode argument, String place) {
    List<JsonNode> parts =
        argument.isTextual()
            ? split(List.of(TextNode.valueOf("."), argument), place).valueStream().toList()
            : argument.valueStream().toList();
    if (parts.size() < 2 || text(parts.get(1), place).isEmpty()) {
      throw new TemplateException(place, "does not name a resource and one of its attributes");
    }
    String name =
        parts.stream().skip(1).map(part -> text(part, place)).collect(Collectors.joining("."));
    return resources.attribute(text(parts.getFirst(), place), name, place);
  }

  private String substitute(JsonNode argument, String place) {
    boolean withValues = argument.isArray();
    List<JsonNode> parts = withValues ? arguments(argument, 2, place) : List.of(argument);
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

  private String join(List<JsonNode> arguments, String place) {
    return list(arguments.get(1), place).stream()
        .map(item -> text(item, place))
        .collect(Collectors.joining(arguments.get(0).asText()));
  }

  private JsonNode select(List<JsonNode> arguments, String place) {
    List<JsonNode> items = list(arguments.get(1), place);
    String index = text(arguments.get(0), place);
    if (!index.matches("\\d{1,4}") || Integer.parseInt(index) >= items.size()) {
      throw new TemplateException(place, "there is no item " + index + " of " + items.size());
    }
    return items.get(Integer.parseInt(index));
  }

  private ArrayNode split(List<JsonNode> arguments, String place) {
    ArrayNode parts = NODES.arrayNode();
    String separator = Pattern.quote(arguments.get(0).asText());
    for (String part : text(arguments.get(1), place).split(separator, -1)) {
      parts.add(part);
    }
    return parts;
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

  private List<JsonNode> list(JsonNode node, String place) {
    JsonNode value = resolve(node, place);
    if (!value.isArray()) {
      throw new TemplateException(place, "is not a list");
    }
    return value.valueStream().toList();
  }

  private static List<JsonNode> arguments(JsonNode argument, int count, String place) {
    if (!argument.isArray() || argument.size() != count) {
      throw new TemplateException(place, "takes a list of " + count);
    }
    return argument.valueStream().toList();
  }
}
