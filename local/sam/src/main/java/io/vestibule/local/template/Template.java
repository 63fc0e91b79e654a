package io.vestibule.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A SAM template as it is written, before any parameter has a value: intrinsic functions stand in
 * their long form, and what {@code Globals} says is merged into each function.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy.html">SAM
 *     template anatomy</a>
 */
public final class Template {

  private static final String SAM = "AWS::Serverless-2016-10-31";

  /** Sections that only describe; all others are read. */
  private static final Set<String> REMARKS =
      Set.of("AWSTemplateFormatVersion", "Description", "Metadata");

  private static final Set<String> SECTIONS =
      Set.of(
          "Transform", "Parameters", "Mappings", "Conditions", "Globals", "Resources", "Outputs");

  private final ObjectNode root;
  private final Map<String, Resource> resources = new LinkedHashMap<>();

  /**
   * One resource as the template describes it.
   *
   * @param condition the condition under which it exists, if not always
   * @param dependsOn resources that come before it, though it does not refer to them
   * @param properties with unresolved intrinsics
   */
  public record Resource(
      String logicalId,
      String type,
      Optional<String> condition,
      List<String> dependsOn,
      ObjectNode properties) {

    String place() {
      return "Resources/" + logicalId;
    }
  }

  private Template(ObjectNode root) {
    this.root = root;
    root.fieldNames().forEachRemaining(Template::requireKnownSection);
    if (root.has("Transform") && !root.path("Transform").asText().equals(SAM)) {
      throw new TemplateException("Transform", "is not " + SAM);
    }
    var globals = new Globals(section("Globals"));
    for (var entry : section("Resources").properties()) {
      resources.put(entry.getKey(), globals.apply(resource(entry.getKey(), entry.getValue())));
    }
  }

  /**
   * Reads a template from a file.
   *
   * @throws TemplateException if it is not a template, or one with a section or an intrinsic that
   *     is not known here
   */
  public static Template read(Path file) throws IOException {
    return parse(Files.readString(file));
  }

  /** Reads a template from its text; see {@link #read}. */
  public static Template parse(String yaml) {
    if (Yaml.parse(yaml) instanceof ObjectNode root) {
      return new Template(root);
    }
    throw new TemplateException("template", "is not a mapping of sections");
  }

  /** The resources in the order in which they are written, by their logical id. */
  public Map<String, Resource> resources() {
    return resources;
  }

  /** A top-level section, empty if the template has none of that name. */
  public ObjectNode section(String name) {
    JsonNode section = root.path(name);
    if (section.isMissingNode()) {
      return JsonNodeFactory.instance.objectNode();
    }
    return object(section, name);
  }

  private static void requireKnownSection(String name) {
    if (!REMARKS.contains(name) && !SECTIONS.contains(name)) {
      throw new TemplateException(name, "no such section is known here");
    }
  }

  private static Resource resource(String logicalId, JsonNode node) {
    String place = "Resources/" + logicalId;
    var attributes = new Properties(place, object(node, place));
    // They say what becomes of a resource when it goes, and nothing goes before the stack does.
    attributes.ignore("DeletionPolicy", "UpdateReplacePolicy", "Metadata");
    var resource =
        new Resource(
            logicalId,
            attributes.text("Type"),
            attributes.optionalText("Condition"),
            attributes.texts("DependsOn"),
            attributes.tree("Properties") instanceof ObjectNode properties
                ? properties
                : JsonNodeFactory.instance.objectNode());
    attributes.requireAllRead();
    return resource;
  }

  private static ObjectNode object(JsonNode node, String place) {
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new TemplateException(place, "is not a mapping");
  }
}
