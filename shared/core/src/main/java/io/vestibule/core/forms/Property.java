package io.vestibule.core.forms;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rules for one field: a part of JSON Schema that people can be told about and that a page can
 * show. A definition that uses more than that is broken, and says so.
 *
 * @param format what a text must be besides a text
 * @param maxLength the most characters (code points); {@link Integer#MAX_VALUE} without a limit
 * @param minimum the least number; null for what is no number
 * @param maximum the greatest number; null for what is no number
 * @param choices the only values, if there are only some; of an array, of which several may be
 *     chosen
 */
public record Property(
    Type type,
    @Nullable Format format,
    int maxLength,
    @Nullable BigDecimal minimum,
    @Nullable BigDecimal maximum,
    List<String> choices) {

  /** A text field that takes more than this is given, and may contain, several lines. */
  private static final int ONE_LINE = 255;

  /** From 0 to 10, as opinions are asked. */
  private static final BigDecimal LONGEST_SCALE = BigDecimal.TEN;

  private static final Map<Type, Set<String>> KEYWORDS =
      Map.of(
          Type.STRING, Set.of("type", "format", "minLength", "maxLength", "pattern", "enum"),
          Type.INTEGER, Set.of("type", "minimum", "maximum"),
          Type.NUMBER, Set.of("type", "minimum", "maximum"),
          Type.BOOLEAN, Set.of("type"),
          Type.ARRAY, Set.of("type", "items", "uniqueItems", "minItems", "maxItems"));

  /** What a value is. */
  public enum Type {
    STRING,
    INTEGER,
    NUMBER,
    BOOLEAN,
    /** Several of the choices. */
    ARRAY
  }

  /** What a text is. */
  public enum Format {
    EMAIL,
    DATE,
    URI
  }

  /**
   * Reads the rules of a field.
   *
   * @throws IllegalArgumentException they use what is not supported, or lack what is needed
   */
  static Property of(String field, JsonNode rules) {
    Type type = constant(Type.values(), rules.path("type").asText(), field, "type");
    var unsupported = new TreeSet<String>();
    rules.fieldNames().forEachRemaining(unsupported::add);
    unsupported.removeAll(KEYWORDS.getOrDefault(type, Set.of()));
    if (!unsupported.isEmpty()) {
      throw new IllegalArgumentException(
          "schema.properties.%s uses %s, which is not supported for the type \"%s\""
              .formatted(field, unsupported, rules.path("type").asText()));
    }
    boolean isNumber = type == Type.INTEGER || type == Type.NUMBER;
    if (isNumber && !(rules.path("minimum").isNumber() && rules.path("maximum").isNumber())) {
      throw new IllegalArgumentException(
          "schema.properties.%s is a number and needs a minimum and a maximum".formatted(field));
    }
    if (type == Type.ARRAY && !isOfChoices(rules)) {
      throw new IllegalArgumentException(
          "schema.properties.%s is an array: it needs \"items\": {\"enum\": [texts]} and \"uniqueItems\": true"
              .formatted(field));
    }
    var choices = new ArrayList<String>();
    var listed = type == Type.ARRAY ? rules.path("items") : rules;
    listed.path("enum").forEach(choice -> choices.add(choice.asText()));
    return new Property(
        type,
        rules.has("format")
            ? constant(Format.values(), rules.get("format").asText(), field, "format")
            : null,
        rules.path("maxLength").asInt(Integer.MAX_VALUE),
        isNumber ? rules.get("minimum").decimalValue() : null,
        isNumber ? rules.get("maximum").decimalValue() : null,
        List.copyOf(choices));
  }

  /** Whether it may have several lines. All others take none: they may end up in headers. */
  public boolean isMultiline() {
    return type == Type.STRING && format == null && choices.isEmpty() && maxLength > ONE_LINE;
  }

  /** Whether it is a whole number on a scale so short that each can be shown to choose from. */
  public boolean isScale() {
    return type == Type.INTEGER
        && minimum != null
        && maximum != null
        && maximum.subtract(minimum).compareTo(LONGEST_SCALE) <= 0;
  }

  /** Whether several of it may be chosen. */
  public boolean isOfSeveral() {
    return type == Type.ARRAY;
  }

  private static boolean isOfChoices(JsonNode array) {
    var items = array.path("items");
    return items.size() == 1
        && items.path("enum").isArray()
        && items.path("enum").valueStream().allMatch(JsonNode::isTextual)
        && array.path("uniqueItems").booleanValue();
  }

  private static <E extends Enum<E>> E constant(
      E[] known, String name, String field, String keyword) {
    for (E constant : known) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(name)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "schema.properties.%s has the %s \"%s\", which is not supported"
            .formatted(field, keyword, name));
  }
}
