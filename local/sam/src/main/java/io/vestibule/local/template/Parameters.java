package io.vestibule.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The template's parameters with the values of one deployment, held to the limits that the template
 * declares.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html">Parameters</a>
 */
final class Parameters {

  private Parameters() {}

  /**
   * The value of each declared parameter: the one given, or its default.
   *
   * @throws TemplateException for a value given to no parameter, a parameter without a value, and a
   *     value that its declaration does not allow
   */
  static Map<String, JsonNode> values(ObjectNode declarations, Map<String, String> given) {
    for (String name : given.keySet()) {
      if (!declarations.has(name)) {
        throw new TemplateException("Parameters/" + name, "the template has no such parameter");
      }
    }
    var values = new LinkedHashMap<String, JsonNode>();
    for (var entry : declarations.properties()) {
      String place = "Parameters/" + entry.getKey();
      if (!(entry.getValue() instanceof ObjectNode declaration)) {
        throw new TemplateException(place, "is not a mapping");
      }
      values.put(
          entry.getKey(), value(new Properties(place, declaration), given.get(entry.getKey())));
    }
    return values;
  }

  private static JsonNode value(Properties declaration, @Nullable String given) {
    declaration.ignore("Description", "NoEcho", "ConstraintDescription");
    String type = declaration.text("Type");
    var byDefault = declaration.optionalText("Default");
    String value =
        given != null
            ? given
            : byDefault.orElseThrow(() -> declaration.fault("", "no value is given for it"));
    checkValue(declaration, value);
    declaration.requireAllRead();
    return switch (type) {
      case "String" -> TextNode.valueOf(value);
      case "Number" -> TextNode.valueOf(number(declaration, value).toPlainString());
      case "CommaDelimitedList" -> list(value);
      default -> throw declaration.fault("Type", type + " is not known here");
    };
  }

  private static void checkValue(Properties declaration, String value) {
    List<String> allowed = declaration.texts("AllowedValues");
    check(declaration, "AllowedValues", allowed.isEmpty() || allowed.contains(value));
    check(
        declaration,
        "AllowedPattern",
        declaration.optionalText("AllowedPattern").map(value::matches).orElse(true));
    check(declaration, "MinLength", value.length() >= declaration.number("MinLength", 0));
    check(
        declaration,
        "MaxLength",
        value.length() <= declaration.number("MaxLength", Integer.MAX_VALUE));
    declaration
        .optionalText("MinValue")
        .ifPresent(
            least ->
                check(
                    declaration,
                    "MinValue",
                    number(declaration, value).compareTo(new BigDecimal(least)) >= 0));
    declaration
        .optionalText("MaxValue")
        .ifPresent(
            most ->
                check(
                    declaration,
                    "MaxValue",
                    number(declaration, value).compareTo(new BigDecimal(most)) <= 0));
  }

  /** Without the value in the message: a parameter may be a secret. */
  private static void check(Properties declaration, String limit, boolean kept) {
    if (!kept) {
      throw declaration.fault(limit, "does not allow the value that is given");
    }
  }

  private static BigDecimal number(Properties declaration, String value) {
    try {
      return new BigDecimal(value);
    } catch (NumberFormatException e) {
      throw declaration.fault("Type", "the value that is given is not a number");
    }
  }

  private static ArrayNode list(String value) {
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    for (String item : value.split(",", -1)) {
      items.add(item.strip());
    }
    return items;
  }
}
