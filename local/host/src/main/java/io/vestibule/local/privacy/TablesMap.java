package io.vestibule.local.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import io.vestibule.local.template.Template;
import io.vestibule.local.template.Template.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the tables hold, who may do what with it by the roles of the template, and when it ends.
 *
 * @param columns what is in each column, by table
 */
record TablesMap(Template template, Map<String, Map<String, String>> columns) {

  private static final Set<String> READ =
      Set.of("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:Scan");
  private static final Set<String> WRITE =
      Set.of("dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:BatchWriteItem");
  private static final Set<String> DELETE = Set.of("dynamodb:DeleteItem");

  static TablesMap of(Template template) {
    try (InputStream file = TablesMap.class.getResourceAsStream("columns.json")) {
      return new TablesMap(template, columns(Json.MAPPER.readTree(file)));
    } catch (IOException e) {
      throw new UncheckedIOException("columns.json cannot be read", e);
    }
  }

  /** A table may be as another, and have columns of its own besides. */
  private static Map<String, Map<String, String>> columns(JsonNode file) {
    var all = new LinkedHashMap<String, Map<String, String>>();
    file.forEachEntry(
        (table, own) -> {
          var columns = new LinkedHashMap<>(all.getOrDefault(own.path("as").asText(), Map.of()));
          own.forEachEntry((name, text) -> columns.put(name, text.asText()));
          columns.remove("as");
          all.put(table, columns);
        });
    return all;
  }

  String markdown() {
    var map = new StringBuilder();
    template.resources().values().stream()
        .filter(resource -> resource.type().equals("AWS::DynamoDB::Table"))
        .forEach(table -> map.append(section(table)));
    return map.toString();
  }

  private String section(Resource table) {
    var described = columns.getOrDefault(table.logicalId(), Map.of());
    named(table)
        .filter(column -> !described.containsKey(column))
        .findFirst()
        .ifPresent(
            column -> {
              throw new IllegalArgumentException(
                  "columns.json does not say what %s of %s is"
                      .formatted(column, table.logicalId()));
            });
    var section = new StringBuilder();
    section.append("### `%s`\n\n".formatted(name(table)));
    section.append(
        """
        Read by: %s. Written by: %s. Deleted by: %s. %s

        %s

        | column | holds |
        | --- | --- |
        """
            .formatted(
                may(table, READ),
                may(table, WRITE),
                ends(table),
                atRest(table),
                Remains.of(name(table))));
    described.forEach((name, text) -> section.append("| `%s` | %s |\n".formatted(name, text)));
    return section.append('\n').toString();
  }

  private static String name(Resource table) {
    return table.properties().at("/TableName/Fn::Sub").asText().replace("${Prefix}", "");
  }

  private static String atRest(Resource table) {
    var properties = table.properties();
    var days = properties.at("/PointInTimeRecoverySpecification/RecoveryPeriodInDays/Ref").asText();
    var recovery =
        properties.has("PointInTimeRecoverySpecification")
            ? "Recoverable for %s.".formatted(days.isEmpty() ? "35 days" : "`" + days + "`")
            : "Not recoverable once deleted.";
    return (properties.has("SSESpecification")
            ? "At rest under `TableKey`. "
            : "At rest under DynamoDB's own key. ")
        + recovery;
  }

  private String ends(Resource table) {
    var all = new ArrayList<String>();
    if (table.properties().has("TimeToLiveSpecification")) {
      all.add("time to live (`expiresAt`)");
    }
    var functions = may(table, DELETE);
    if (!functions.equals("nobody")) {
      all.add(functions);
    }
    return all.isEmpty() ? "nobody" : String.join(", ", all);
  }

  /** The functions whose roles allow one of the actions on a table or an index of it. */
  private String may(Resource table, Set<String> actions) {
    var functions = new TreeSet<String>();
    roles()
        .forEach(
            role ->
                statements(role)
                    .filter(statement -> isAbout(statement, table))
                    .filter(
                        statement -> texts(statement.path("Action")).anyMatch(actions::contains))
                    .forEach(_ -> functions.add(role.logicalId().replace("Role", ""))));
    return functions.isEmpty() ? "nobody" : String.join(", ", functions);
  }

  /** The columns that roles name. */
  private Stream<String> named(Resource table) {
    List<String> keys =
        table
            .properties()
            .path("KeySchema")
            .valueStream()
            .map(key -> key.path("AttributeName").asText())
            .toList();
    return Stream.concat(
            keys.stream(),
            roles()
                .flatMap(TablesMap::statements)
                .filter(statement -> isAbout(statement, table))
                .flatMap(
                    statement ->
                        texts(
                            statement.at(
                                "/Condition/ForAllValues:StringEquals/dynamodb:Attributes"))))
        .distinct();
  }

  private Stream<Resource> roles() {
    return template.resources().values().stream()
        .filter(resource -> resource.type().equals("AWS::IAM::Role"));
  }

  private static Stream<JsonNode> statements(Resource role) {
    return role.properties()
        .path("Policies")
        .valueStream()
        .flatMap(policy -> policy.at("/PolicyDocument/Statement").valueStream())
        .map(TablesMap::atMost);
  }

  /** What a statement says where its condition holds. */
  private static JsonNode atMost(JsonNode statement) {
    return statement.has("Fn::If") ? statement.path("Fn::If").path(1) : statement;
  }

  private static boolean isAbout(JsonNode statement, Resource table) {
    return statement.path("Resource").toString().matches(".*\\b" + table.logicalId() + "\\b.*");
  }

  private static Stream<String> texts(JsonNode oneOrMore) {
    return (oneOrMore.isArray() ? oneOrMore.valueStream() : Stream.of(oneOrMore))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText);
  }
}
