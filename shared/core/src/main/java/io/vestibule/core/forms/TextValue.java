package io.vestibule.core.forms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.regex.Pattern;

/** Reads what an HTML control sends, which is always a text. */
final class TextValue {

  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,18}");
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,18}([.][0-9]{1,18})?");

  private TextValue() {}

  /**
   * A box that was sent twice is ticked if either says so: frameworks send a hidden {@code 0} or
   * {@code false} beside it. Any other list stays one, for the schema to refuse.
   */
  static JsonNode as(Property.Type type, ArrayNode texts) {
    var values = new HashSet<JsonNode>();
    texts.forEach(text -> values.add(as(type, text.asText())));
    return type == Property.Type.BOOLEAN && values.stream().allMatch(JsonNode::isBoolean)
        ? BooleanNode.valueOf(values.contains(BooleanNode.TRUE))
        : texts;
  }

  /** What was chosen of several, each once: two boxes of one value say the same. */
  static ArrayNode chosen(Iterable<JsonNode> texts) {
    var chosen = new LinkedHashSet<JsonNode>();
    texts.forEach(chosen::add);
    return JsonNodeFactory.instance.arrayNode().addAll(chosen);
  }

  /**
   * The value that a text stands for, or the text itself if it stands for none of that type: then
   * the schema refuses it, as it would have refused it from anybody else.
   */
  static JsonNode as(Property.Type type, String text) {
    String value = text.strip();
    return switch (type) {
      case INTEGER ->
          INTEGER.matcher(value).matches()
              ? LongNode.valueOf(Long.parseLong(value))
              : TextNode.valueOf(text);
      case NUMBER ->
          NUMBER.matcher(value).matches()
              ? DecimalNode.valueOf(new BigDecimal(value))
              : TextNode.valueOf(text);
      case BOOLEAN ->
          switch (value) {
            case "on", "true", "1" -> BooleanNode.TRUE;
            case "off", "false", "0" -> BooleanNode.FALSE;
            default -> TextNode.valueOf(text);
          };
      case STRING, ARRAY -> TextNode.valueOf(text);
    };
  }
}
