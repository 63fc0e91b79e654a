package io.vestibule.core.forms;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rules for a form's fields: a plain JSON Schema 2020-12 that any tool can read. */
public final class Schema {

  private static final Set<String> KEYWORDS =
      Set.of("$schema", "type", "properties", "required", "additionalProperties", "allOf");

  private final Map<String, Property> properties = new LinkedHashMap<>();
  private final Set<String> required = new LinkedHashSet<>();
  private final List<Condition> conditions;
  private final JsonNode source;
  private final JsonSchema compiled;

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  Schema(JsonNode source) {
    checkShape(source);
    source
        .get("properties")
        .forEachEntry((name, rules) -> properties.put(name, Property.of(name, rules)));
    source.path("required").forEach(name -> required.add(name.asText()));
    if (!properties.keySet().containsAll(required)) {
      var unknown = new TreeSet<>(required);
      unknown.removeAll(properties.keySet());
      throw new IllegalArgumentException(
          "schema.required names %s, but schema.properties has %s"
              .formatted(unknown, properties.keySet()));
    }
    this.source = source;
    this.conditions = Condition.of(source.get("allOf"), properties, required);
    var config = SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER).build();
    this.compiled =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(source, config);
  }

  private static void checkShape(JsonNode source) {
    if (!source.path("type").asText().equals("object")
        || !source.path("properties").isObject()
        || !source.path("additionalProperties").isBoolean()
        || source.path("additionalProperties").booleanValue()) {
      throw new IllegalArgumentException(
          "the schema needs \"type\": \"object\", \"properties\" and"
              + " \"additionalProperties\": false");
    }
    var unsupported = new TreeSet<String>();
    source.fieldNames().forEachRemaining(unsupported::add);
    unsupported.removeAll(KEYWORDS);
    if (!unsupported.isEmpty()) {
      throw new IllegalArgumentException("schema uses %s, not supported".formatted(unsupported));
    }
  }

  /** The rules for each field, by its name. */
  public Map<String, Property> properties() {
    return Collections.unmodifiableMap(properties);
  }

  /** The rules for a field that there is. */
  public Property property(String field) {
    return Objects.requireNonNull(properties.get(field));
  }

  /** The condition on which a field is asked; empty if it always is. */
  public Optional<Condition> condition(String field) {
    return conditions.stream().filter(it -> it.fields().contains(field)).findFirst();
  }

  /** Whether any field is asked on a condition. */
  public boolean isConditional() {
    return !conditions.isEmpty();
  }

  /** The fields that are not asked, after what was entered in others. */
  Set<String> unasked(ObjectNode entered) {
    return conditions.stream()
        .filter(condition -> !condition.holds(entered))
        .flatMap(condition -> condition.fields().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether the field must be filled in, always or on a condition. */
  public boolean mayRequire(String field) {
    return requires(field)
        || condition(field).filter(it -> it.required().contains(field)).isPresent();
  }

  /** The rules as they are published. */
  public JsonNode source() {
    return source.deepCopy();
  }

  /** Whether the field must be filled in, unless it is asked on a condition. */
  public boolean requires(String field) {
    return required.contains(field);
  }

  /** What some frameworks add to the name of a control of which several can be chosen. */
  private static final String OF_SEVERAL = "[]";

  /**
   * What was sent as texts, as HTML forms do: numbers are numbers, and ticks are true. Of several
   * choices each comes by itself, under the field's name or {@code name[]}.
   */
  public ObjectNode typed(ObjectNode texts) {
    ObjectNode typed = texts.deepCopy();
    properties.forEach(
        (name, property) -> {
          if (property.isOfSeveral()) {
            var sent = new ArrayList<JsonNode>();
            addTo(sent, texts.get(name));
            addTo(sent, typed.remove(name + OF_SEVERAL));
            if (!sent.isEmpty()) {
              typed.set(name, TextValue.chosen(sent));
            }
            return;
          }
          switch (texts.get(name)) {
            case TextNode text -> typed.set(name, TextValue.as(property.type(), text.textValue()));
            case ArrayNode list -> typed.set(name, TextValue.as(property.type(), list));
            case null, default -> {}
          }
        });
    return typed;
  }

  private static void addTo(List<JsonNode> sent, @Nullable JsonNode value) {
    switch (value) {
      case null -> {}
      case ArrayNode list -> list.forEach(sent::add);
      case JsonNode one -> sent.add(one);
    }
  }

  /**
   * Every rule of the schema that the fields break. {@link Formats} knows the rules of each format.
   */
  Set<ValidationMessage> validate(JsonNode fields) {
    return compiled.validate(fields);
  }
}
