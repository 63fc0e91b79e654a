package io.vestibule.core.forms;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.vestibule.core.Sha256;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The rules for a form's fields: a plain JSON Schema 2020-12 that any tool can read. */
public final class Schema {

  private static final Set<String> KEYWORDS =
      Set.of("$schema", "type", "properties", "required", "additionalProperties");

  private final Map<String, Property> properties = new LinkedHashMap<>();
  private final Set<String> required = new LinkedHashSet<>();
  private final JsonSchema compiled;
  private final JsonNode source;

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
    var config = SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER).build();
    this.source = source;
    this.compiled =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(source, config);
  }

  /**
   * The rules, as 16 characters: equal if nothing of them differs. The order of members, and the
   * layout of the file, are no rules.
   */
  String version() {
    try {
      var members = Canonical.JSON.treeToValue(source, Object.class);
      var hash = Sha256.of(Canonical.JSON.writeValueAsBytes(members));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 12));
    } catch (JsonProcessingException e) {
      throw new AssertionError("a JSON tree can always be written", e);
    }
  }

  /** Apart, as the public functions, which start while somebody waits, never need it. */
  private static final class Canonical {

    private static final JsonMapper JSON =
        JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();
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

  /** Whether the field must be filled in. */
  public boolean requires(String field) {
    return required.contains(field);
  }

  /** What was sent as texts, as HTML forms do: numbers are numbers, and ticks are true. */
  public ObjectNode typed(ObjectNode texts) {
    ObjectNode typed = texts.deepCopy();
    properties.forEach(
        (name, property) -> {
          switch (texts.get(name)) {
            case TextNode text -> typed.set(name, TextValue.as(property.type(), text.textValue()));
            case ArrayNode list -> typed.set(name, TextValue.as(property.type(), list));
            case null, default -> {}
          }
        });
    return typed;
  }

  /**
   * Every rule of the schema that the fields break. {@link Formats} knows the rules of each format.
   */
  Set<ValidationMessage> validate(JsonNode fields) {
    return compiled.validate(fields);
  }
}
