package io.vestibule.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The intrinsic functions that make or take a list. Their arguments are resolved already. */
final class ListFunctions {

  private ListFunctions() {}

  /** {@code Fn::Join: [separator, list]}. */
  static TextNode join(JsonNode argument, String place) {
    List<JsonNode> parts = arguments(argument, 2, place);
    return TextNode.valueOf(
        list(parts.get(1), place).stream()
            .map(item -> text(item, place))
            .collect(Collectors.joining(text(parts.get(0), place))));
  }

  /** {@code Fn::Select: [index, list]}, counted from 0. */
  static JsonNode select(JsonNode argument, String place) {
    List<JsonNode> parts = arguments(argument, 2, place);
    List<JsonNode> items = list(parts.get(1), place);
    String index = text(parts.get(0), place);
    if (!index.matches("\\d{1,4}") || Integer.parseInt(index) >= items.size()) {
      throw new TemplateException(place, "there is no item " + index + " of " + items.size());
    }
    return items.get(Integer.parseInt(index));
  }

  /** {@code Fn::Split: [separator, text]}; what is empty between two separators stays. */
  static ArrayNode split(JsonNode argument, String place) {
    List<JsonNode> parts = arguments(argument, 2, place);
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    String separator = Pattern.quote(text(parts.get(0), place));
    for (String item : text(parts.get(1), place).split(separator, -1)) {
      items.add(item);
    }
    return items;
  }

  /** The arguments of a function that takes so many. */
  static List<JsonNode> arguments(JsonNode argument, int count, String place) {
    if (!argument.isArray() || argument.size() != count) {
      throw new TemplateException(place, "takes a list of " + count);
    }
    return argument.valueStream().toList();
  }

  /** A single value as text; numbers and truth values are written out. */
  static String text(JsonNode value, String place) {
    if (!value.isValueNode() || value.isNull()) {
      throw new TemplateException(place, "is not a single value");
    }
    return value.asText();
  }

  private static List<JsonNode> list(JsonNode value, String place) {
    if (!value.isArray()) {
      throw new TemplateException(place, "is not a list");
    }
    return value.valueStream().toList();
  }
}
