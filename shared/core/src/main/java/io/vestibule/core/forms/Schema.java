package io.vestibule.core.forms;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.LinkedHashSet;
import java.util.Set;

/** The rules for a form's fields: a plain JSON Schema 2020-12 that any tool can read. */
public final class Schema {

  /** A text field that takes more than this is given, and may contain, several lines. */
  private static final int ONE_LINE = 255;

  private final JsonNode source;
  private final JsonSchema compiled;

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  Schema(JsonNode source) {
    if (!source.path("properties").isObject()
        || !source.path("additionalProperties").isBoolean()
        || source.path("additionalProperties").booleanValue()) {
      throw new IllegalArgumentException(
          "the schema needs \"properties\" and \"additionalProperties\": false");
    }
    this.source = source;
    var config = SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER).build();
    this.compiled =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(source, config);
  }

  /** The names of all fields. */
  Set<String> names() {
    var names = new LinkedHashSet<String>();
    source.get("properties").fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** Every rule that the fields break. */
  Set<ValidationMessage> validate(JsonNode fields) {
    return compiled.validate(fields);
  }

  /** Whether the field must be filled in. */
  public boolean requires(String field) {
    for (JsonNode name : source.path("required")) {
      if (name.asText().equals(field)) {
        return true;
      }
    }
    return false;
  }

  /** The most characters (code points) that the field takes, or the most an integer can say. */
  public int maxLength(String field) {
    return source.path("properties").path(field).path("maxLength").asInt(Integer.MAX_VALUE);
  }

  /** Whether the field may have several lines. All others take none: they may end up in headers. */
  public boolean isMultiline(String field) {
    return maxLength(field) > ONE_LINE;
  }
}
