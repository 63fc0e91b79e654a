package io.vestibule.delivery.kind.fxiaoke;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What fields an object has, as Fxiaoke describes them, and how values are written there: numbers
 * are strings, dates are milliseconds, and a choice is the value of an option and not what it is
 * called.
 */
record FxiaokeFields(Map<String, Field> all, ZoneId zone) {

  /** What may stand where nothing may stand. */
  private static final String NOTHING = "-";

  /** A field. */
  record Field(String type, boolean isRequired, List<Option> options) {

    private Optional<JsonNode> option(String text) {
      return Stream.concat(
              options.stream().filter(it -> it.value().equals(text)),
              options.stream().filter(it -> it.label().equals(text)))
          .findFirst()
          .map(it -> TextNode.valueOf(it.value()));
    }
  }

  /** One of the choices of a field. */
  record Option(String label, String value) {}

  /** Reads what {@code describe} answers. */
  static FxiaokeFields read(JsonNode body, ZoneId zone) {
    return new FxiaokeFields(
        body.path("data")
            .path("describe")
            .path("fields")
            .propertyStream()
            .collect(toMap(Map.Entry::getKey, it -> field(it.getValue()))),
        zone);
  }

  private static Field field(JsonNode json) {
    return new Field(
        json.path("type").asText(),
        json.path("is_required").asBoolean(),
        json.path("options")
            .valueStream()
            .map(it -> new Option(it.path("label").asText(), it.path("value").asText()))
            .toList());
  }

  boolean has(String name) {
    return all.containsKey(name);
  }

  boolean isRequired(String name) {
    return Optional.ofNullable(all.get(name)).filter(Field::isRequired).isPresent();
  }

  /**
   * A value as it is written into a field; empty if the field has no such option, or it is no date.
   *
   * @param text the value as people read it
   */
  Optional<JsonNode> written(String name, JsonNode value, String text) {
    var field = all.get(name);
    return field == null ? Optional.of(TextNode.valueOf(text)) : written(field, value, text);
  }

  private Optional<JsonNode> written(Field field, JsonNode value, String text) {
    return switch (field.type()) {
      case "select_one" -> field.option(value.asText()).or(() -> field.option(text));
      case "select_many", "tag" -> options(field, value);
      case "true_or_false" -> yesOrNo(value.asText());
      case "number", "currency", "percentile" -> Optional.of(TextNode.valueOf(number(value)));
      case "date", "date_time" -> milliseconds(value.asText());
      case "employee", "department" -> Optional.of(list(Stream.of(value)));
      case "phone_number" -> Optional.of(TextNode.valueOf(national(value.asText())));
      default -> Optional.of(TextNode.valueOf(value.isTextual() ? value.textValue() : text));
    };
  }

  private static Optional<JsonNode> yesOrNo(String text) {
    return switch (text) {
      case "true" -> Optional.of(BooleanNode.TRUE);
      case "false" -> Optional.of(BooleanNode.FALSE);
      default -> Optional.empty();
    };
  }

  private static Optional<JsonNode> options(Field field, JsonNode value) {
    var wanted = value.isArray() ? value.valueStream().toList() : List.of(value);
    var options = wanted.stream().flatMap(it -> field.option(it.asText()).stream()).toList();
    return options.size() == wanted.size() ? Optional.of(list(options.stream())) : Optional.empty();
  }

  private static JsonNode list(Stream<JsonNode> values) {
    return JsonNodeFactory.instance.arrayNode().addAll(values.toList());
  }

  private static String number(JsonNode value) {
    return value.isNumber()
        ? value.decimalValue().stripTrailingZeros().toPlainString()
        : value.asText();
  }

  private Optional<JsonNode> milliseconds(String date) {
    try {
      var start = LocalDate.parse(date).atStartOfDay(zone).toInstant();
      return Optional.of(LongNode.valueOf(start.toEpochMilli()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** A number of mainland China has no +86 there, and no blanks. */
  static String national(String phone) {
    var number = phone.strip().replaceFirst("^(\\+|00)86", "");
    return number.length() < phone.strip().length() ? number.replaceAll("[\\s()-]", "") : number;
  }

  /** What a field is emptied with: nothing, or the least that a required field takes. */
  JsonNode emptied(String name) {
    return isRequired(name) ? least(name) : NullNode.instance;
  }

  /** The least that a field takes, where it takes no nothing. */
  JsonNode least(String name) {
    var field = all.get(name);
    return switch (field == null ? "text" : field.type()) {
      case "select_one" ->
          field.options().stream()
              .findFirst()
              .<JsonNode>map(it -> TextNode.valueOf(it.value()))
              .orElse(NullNode.instance);
      case "select_many", "tag", "employee", "department" -> JsonNodeFactory.instance.arrayNode();
      case "true_or_false" -> BooleanNode.FALSE;
      case "number", "currency", "percentile" -> TextNode.valueOf("0");
      case "date", "date_time" -> LongNode.valueOf(0);
      default -> TextNode.valueOf(isRequired(name) ? NOTHING : "");
    };
  }

  /** Whether nothing stands in a field, or no more than the least that it takes. */
  boolean isEmpty(String name, JsonNode value) {
    return !isFilled(value) || isSame(value, least(name));
  }

  /** Whether something stands there. */
  static boolean isFilled(JsonNode value) {
    return value.isContainerNode() ? !value.isEmpty() : !value.asText("").isEmpty();
  }

  /** Whether two values say the same: {@code "0.00"} is {@code 0}. */
  static boolean isSame(JsonNode one, JsonNode other) {
    var number = decimal(one);
    var otherNumber = decimal(other);
    return number.isPresent() && otherNumber.isPresent()
        ? number.get().compareTo(otherNumber.get()) == 0
        : one.equals(other);
  }

  private static Optional<BigDecimal> decimal(JsonNode value) {
    try {
      return value.isNumber() || value.isTextual()
          ? Optional.of(new BigDecimal(value.asText()))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
