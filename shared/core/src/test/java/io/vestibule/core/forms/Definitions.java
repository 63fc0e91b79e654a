package io.vestibule.core.forms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import io.vestibule.core.targets.Targets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Everything that can be wrong with the files in {@code shared/forms}: a sentence for each. */
final class Definitions {

  static final Path FOLDER = Path.of("../forms");

  private final JsonMapper json = JsonMapper.builder().build();

  static List<String> forms() throws IOException {
    try (var files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json") && !name.equals("business.json"))
          .map(name -> name.replace(".json", ""))
          .sorted()
          .toList();
    }
  }

  static String text(String name) throws IOException {
    return Files.readString(FOLDER.resolve(name + ".json"));
  }

  /** What is wrong with a form, each with the file and the place. */
  List<String> problemsOfForm(String name, String text) throws IOException {
    var problems = new ArrayList<String>();
    JsonNode definition = json.readTree(text);
    problems.addAll(broken("form", definition));
    problems.addAll(unevenLanguages(definition));
    problems.addAll(patterns(definition));
    try {
      Form form =
          new Forms().read(name, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
      problems.addAll(targets(form));
    } catch (JsonProcessingException e) {
      problems.add(e.getCause() == null ? e.getOriginalMessage() : e.getCause().getMessage());
    }
    return problems.stream().map(problem -> name + ".json: " + problem).toList();
  }

  /** What is wrong with the business, each with the file and the place. */
  List<String> problemsOfBusiness(String text) throws IOException {
    var problems = new ArrayList<String>();
    JsonNode business = json.readTree(text);
    problems.addAll(broken("business", business));
    var colour = business.path("accent").asText();
    if (Contrast.isColour(colour)) {
      problems.addAll(contrast(colour));
    }
    if (business.has("logo")) {
      problems.addAll(Drawing.problems(FOLDER.resolve(business.get("logo").asText())));
    }
    return problems.stream().map(problem -> "business.json: " + problem).toList();
  }

  private List<String> broken(String schema, JsonNode definition) throws IOException {
    var config = SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER).build();
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(Files.readString(FOLDER.resolve("schema/" + schema + ".schema.json")), config)
        .validate(definition)
        .stream()
        .map(Object::toString)
        .toList();
  }

  /** All texts of a form are there in the same languages, or a page would mix them. */
  private static List<String> unevenLanguages(JsonNode definition) {
    var expected = new TreeSet<String>();
    definition.path("title").fieldNames().forEachRemaining(expected::add);
    var problems = new ArrayList<String>();
    texts("", definition, expected, problems);
    return problems;
  }

  private static void texts(
      String place, JsonNode node, Set<String> expected, List<String> problems) {
    if (node.path("en").isTextual()) {
      var languages = new TreeSet<String>();
      node.fieldNames().forEachRemaining(languages::add);
      if (!languages.equals(expected)) {
        problems.add("%s has %s, but /title has %s".formatted(place, languages, expected));
      }
    } else {
      node.forEachEntry((name, child) -> texts(place + "/" + name, child, expected, problems));
    }
  }

  private static List<String> patterns(JsonNode definition) {
    var problems = new ArrayList<String>();
    definition
        .at("/schema/properties")
        .forEachEntry(
            (name, rules) -> {
              try {
                Pattern.compile(rules.path("pattern").asText());
              } catch (PatternSyntaxException e) {
                problems.add(
                    "/schema/properties/%s/pattern: %s".formatted(name, e.getDescription()));
              }
            });
    return problems;
  }

  private static List<String> targets(Form form) {
    return form.deliver().stream()
        .filter(target -> new Targets(Optional.empty(), Optional.empty()).find(target).isEmpty())
        .map(target -> "/deliver: there is no shared/targets/%s.json".formatted(target))
        .toList();
  }

  private static List<String> contrast(String colour) {
    var problems = new ArrayList<String>();
    if (Contrast.between(colour, "#ffffff") < 4.5) {
      problems.add("/accent: white on %s has less contrast than 4.5 : 1".formatted(colour));
    }
    if (Contrast.between(Contrast.lightened(colour, 0.62), "#14161a") < 4.5) {
      problems.add("/accent: links in %s cannot be read in dark mode".formatted(colour));
    }
    return problems;
  }
}
