package io.vestibule.local.forms;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The schema of a kind of file, by which editors check it as well. What a rule of it means in words
 * is in it: {@code patternErrorMessage} and {@code errorMessage}, which editors show, too.
 */
final class Rulebook {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** JSON Schema, and what editors say of it. */
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.builder(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012))
          .metaSchema(
              JsonMetaSchema.builder(JsonMetaSchema.getV202012())
                  .keyword(new NonValidationKeyword("patternErrorMessage"))
                  .keyword(new NonValidationKeyword("errorMessage"))
                  .build())
          .build();

  private final JsonNode rules;
  private final JsonSchema compiled;

  private Rulebook(JsonNode rules) {
    this.rules = rules;
    var config = SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER).build();
    this.compiled = FACTORY.getSchema(rules, config);
  }

  static Rulebook read(Path file) throws IOException {
    return new Rulebook(JSON.readTree(Files.readAllBytes(file)));
  }

  /** Each member that breaks a rule, by its JSON pointer, and in a sentence how. */
  List<Map.Entry<String, String>> broken(JsonNode tree) {
    var broken = new LinkedHashMap<String, Map.Entry<String, String>>();
    for (ValidationMessage message : compiled.validate(tree)) {
      var told = told(message, tree);
      broken.putIfAbsent(told.getKey() + " " + told.getValue(), told);
    }
    return new ArrayList<>(broken.values());
  }

  private Map.Entry<String, String> told(ValidationMessage message, JsonNode tree) {
    String at = message.getInstanceLocation().toString();
    String rule = message.getSchemaLocation().getFragment().toString();
    var choice = choice(rule);
    if (choice != null) {
      // What each of the ways lacks is of no use to anybody: what the choice is for is told once.
      return Map.entry(around(at, rule, choice), said(around(at, rule, choice), message(choice)));
    }
    String member =
        message.getProperty() == null ? at : at + "/" + Source.escaped(message.getProperty());
    return switch (message.getType()) {
      case "required" ->
          Map.entry(
              member,
              said(
                  at,
                  "lacks \"%s\"%s"
                      .formatted(message.getProperty(), about(rule, message.getProperty()))));
      case "additionalProperties" ->
          Map.entry(
              member,
              "\"%s\" is not known here".formatted(message.getProperty())
                  + Near.to(message.getProperty(), known(rule)));
      case "propertyNames" ->
          Map.entry(
              member,
              "\"%s\" %s".formatted(message.getProperty(), pattern(message.getSchemaNode())));
      default -> Map.entry(at, said(at, sentence(message, rule, tree.at(at))));
    };
  }

  private static String said(String pointer, String what) {
    // A list is told with the value in it that is meant, and counts from one for nobody.
    return Source.dotted(pointer.replaceFirst("/[0-9]+$", "")) + " " + what;
  }

  /** The place in the rules of a choice between ways that the rule is a part of; null if none. */
  private static @Nullable String choice(String rule) {
    for (String keyword : List.of("/anyOf", "/oneOf")) {
      int found = rule.indexOf(keyword);
      if (found >= 0) {
        return rule.substring(0, found);
      }
    }
    return null;
  }

  /** The member that a choice is about: a rule of one of its ways may be about a part of that. */
  private static String around(String at, String rule, String choice) {
    String way = rule.substring(choice.length());
    int deeper = way.split("/properties/", -1).length - 1;
    String around = at;
    for (int i = 0; i < deeper; i++) {
      around = around.substring(0, around.lastIndexOf('/'));
    }
    return around;
  }

  private String message(String place) {
    String said = at(place).path("errorMessage").asText();
    return said.isEmpty() ? "is not as it must be: see docs/forms.md" : said;
  }

  private String sentence(ValidationMessage message, String rule, JsonNode value) {
    JsonNode limit = message.getSchemaNode();
    return switch (message.getType()) {
      case "type" ->
          "must be %s, and is %s%s"
              .formatted(kind(limit), kindOf(value), described(at(parent(rule))));
      case "const" -> "must be %s".formatted(limit);
      case "enum" ->
          "has %s, which is not known".formatted(value) + Near.to(value.asText(), texts(limit));
      case "pattern" -> "has \"%s\", which %s".formatted(value.asText(), pattern(at(parent(rule))));
      case "format" -> "must be one e-mail address, and is \"%s\"".formatted(value.asText());
      case "minLength" ->
          limit.asInt() == 1
              ? "must not be empty"
              : "must have %s characters or more".formatted(limit);
      case "maxLength" ->
          "must have %s characters or less, and has %d".formatted(limit, value.asText().length());
      case "minimum" -> "must be %s or more, and is %s".formatted(limit, value);
      case "maximum" -> "must be %s or less, and is %s".formatted(limit, value);
      case "minItems", "minProperties" -> "must have %s or more in it".formatted(limit);
      case "maxItems", "maxProperties" ->
          "must have %s or less in it, and has %d".formatted(limit, value.size());
      case "uniqueItems" -> "has the same value twice";
      default -> "is not as it must be: see docs/forms.md";
    };
  }

  /** What a pattern means; it is written beside it. */
  private static String pattern(JsonNode rule) {
    String said = rule.path("patternErrorMessage").asText();
    return said.isEmpty() ? "is not written as it must be: see docs/forms.md" : said;
  }

  private String about(String rule, String property) {
    return described(at(parent(rule)).path("properties").path(property));
  }

  /** What a member is for, as editors show it. */
  private static String described(JsonNode rule) {
    String said = rule.path("description").asText().replaceFirst("\\.$", "");
    return said.isEmpty() ? "" : " (%s)".formatted(said);
  }

  private Set<String> known(String rule) {
    var names = new TreeSet<String>();
    at(parent(rule)).path("properties").fieldNames().forEachRemaining(names::add);
    names.remove("$schema");
    return names;
  }

  private JsonNode at(String place) {
    return rules.at(JsonPointer.compile(place));
  }

  private static String parent(String rule) {
    return rule.substring(0, rule.lastIndexOf('/'));
  }

  private static List<String> texts(JsonNode list) {
    var texts = new ArrayList<String>();
    list.forEach(value -> texts.add(value.asText()));
    return texts;
  }

  private static String kind(JsonNode type) {
    return String.join(
        " or ",
        type.isArray()
            ? texts(type).stream().map(Rulebook::named).toList()
            : List.of(named(type.asText())));
  }

  private static String kindOf(JsonNode value) {
    return named(value.getNodeType().name().toLowerCase(Locale.ROOT));
  }

  private static String named(String type) {
    return switch (type) {
      case "string" -> "a text in quotation marks";
      case "integer" -> "a whole number";
      case "number" -> "a number";
      case "boolean" -> "true or false";
      case "array" -> "a list in […]";
      case "object" -> "members in {…}";
      default -> "nothing";
    };
  }
}
